import { optionLetter } from '../question-body.tsx'
import styles from './option-list.module.css'

/** The options of a question, one of them or none chosen. */
export function OptionList(props: {
  name: string
  label: string
  options: readonly string[]
  chosenIndex: number | null
  onChoose(index: number): void
}) {
  const { name, label, options, chosenIndex, onChoose } = props
  return (
    <fieldset className={styles.options}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option, index) => (
        <label
          // biome-ignore lint/suspicious/noArrayIndexKey: options never change and may repeat
          key={index}
          className={styles.option}
          data-chosen={index === chosenIndex || undefined}
          data-testid="option"
        >
          <input
            type="radio"
            name={name}
            className={styles.radio}
            checked={index === chosenIndex}
            onChange={() => onChoose(index)}
          />
          <span className={styles.letter}>{optionLetter(index)}</span>
          <span>{option}</span>
        </label>
      ))}
    </fieldset>
  )
}
