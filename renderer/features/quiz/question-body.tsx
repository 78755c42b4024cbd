import type { OpenQuestion } from '#contract/quiz.ts'
import styles from './question-body.module.css'

/** A question as the paper prints it: stem, numbered statements, and the line that asks about them. */
export function QuestionBody(props: { question: Pick<OpenQuestion, 'stem' | 'statements' | 'prompt'> }) {
  const { stem, statements, prompt } = props.question
  return (
    <div className={styles.body} data-testid="question-body">
      <p className={styles.stem}>{stem}</p>
      {statements.length > 0 && (
        <ol className={styles.statements}>
          {statements.map((statement, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: statements never change and may repeat
            <li key={index}>{statement}</li>
          ))}
        </ol>
      )}
      {prompt && <p className={styles.prompt}>{prompt}</p>}
    </div>
  )
}

/** (a), (b), (c)… as the paper names its options, in either language. */
export function optionLetter(index: number): string {
  return `(${String.fromCharCode(97 + index)})`
}
