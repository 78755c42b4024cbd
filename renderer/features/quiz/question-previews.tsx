import { Skeleton } from '@mantine/core'
import type { Question } from '#contract/quiz.ts'
import { QuestionBody } from './question-body.tsx'
import styles from './question-previews.module.css'
import { useStyleName } from './use-styles.ts'

/** Empty places shown for questions still to come: enough to say so, not a wall of them. */
const PLACES_SHOWN = 2

/** Questions without keys or sources, so that looking at a quiz does not spoil its test. */
export function QuestionPreviews({ questions, awaited }: { questions: readonly Question[]; awaited: number }) {
  const styleName = useStyleName()
  return (
    <ol className={styles.list}>
      {questions.map((question, index) => (
        <li key={question.id} className={styles.item} data-testid="question-preview">
          <span className={`${styles.number} tabular`} aria-hidden>
            {index + 1}
          </span>
          <div className={styles.body}>
            <QuestionBody question={question} />
          </div>
          <span className={styles.style}>{styleName(question.style)}</span>
        </li>
      ))}
      {Array.from({ length: Math.min(PLACES_SHOWN, Math.max(0, awaited)) }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: empty places are all alike
        <li key={`awaited-${i}`} className={styles.item} aria-hidden>
          <span className={styles.number} />
          <div className={styles.body}>
            <Skeleton height={12} width={`${86 - i * 22}%`} />
            <Skeleton height={12} width="48%" mt={8} />
          </div>
        </li>
      ))}
    </ol>
  )
}
