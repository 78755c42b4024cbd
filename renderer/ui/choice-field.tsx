import { Input, SegmentedControl } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import styles from './choice-field.module.css'

/** One of a few things, all in view, and beneath them in one line what the choice means now. */
export function ChoiceField<Value extends string>(props: {
  label: string
  value: Value
  choices: readonly { value: Value; label: string; disabled?: boolean }[]
  onChoose(value: Value): void
  told: ReactNode
  /** What was chosen cannot be had as things are; `told` says why. */
  amiss?: boolean
}) {
  const { label, value, choices, onChoose, told, amiss = false } = props
  const id = useId()
  return (
    <div>
      <Input.Label id={`${id}-label`} component="div" display="block" mb={2}>
        {label}
      </Input.Label>
      <SegmentedControl
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-told`}
        value={value}
        onChange={(chosen) => onChoose(chosen as Value)}
        data={[...choices]}
      />
      <div id={`${id}-told`} className={styles.told} data-amiss={amiss || undefined} role="status">
        {told}
      </div>
    </div>
  )
}
