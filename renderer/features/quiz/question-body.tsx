import { type OpenQuestion, PAIR_MARK } from '#contract/quiz.ts'
import styles from './question-body.module.css'

/** A question as the paper prints it: stem, numbered statements, and the line that asks about them. */
export function QuestionBody(props: { question: Pick<OpenQuestion, 'stem' | 'statements' | 'labels' | 'prompt'> }) {
  const { stem, statements, labels, prompt } = props.question
  return (
    <div className={styles.body} data-testid="question-body">
      <p className={styles.stem}>{stem}</p>
      {statements.length > 0 && (
        <ol className={styles.statements} data-labelled={labels.length > 0 || undefined}>
          {statements.map((statement, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: statements never change and may repeat
            <li key={index}>
              {labels[index] && <span className={styles.label}>{labels[index]}</span>}
              <Statement text={statement} />
            </li>
          ))}
        </ol>
      )}
      {prompt && <p className={styles.prompt}>{prompt}</p>}
    </div>
  )
}

/** A statement; the halves of a pair stand beside each other. */
function Statement({ text }: { text: string }) {
  const [left, ...right] = text.split(PAIR_MARK)
  if (right.length !== 1) return text
  return (
    <span className={styles.pair}>
      <span>{left}</span>
      <span aria-hidden>:</span>
      <span>{right[0]}</span>
    </span>
  )
}

/** (a), (b), (c)… as the paper names its options, in either language. */
export function optionLetter(index: number): string {
  return `(${String.fromCharCode(97 + index)})`
}
