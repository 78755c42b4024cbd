import type { MouseEvent } from 'react'
import styles from './tick-box.module.css'

/** A bare checkbox for the rows of a long list: the browser's own, in the app's dress. */
export function TickBox(props: {
  label: string
  checked: boolean
  /** Some of what it stands for is ticked. */
  partly?: boolean
  onTick(checked: boolean, withShift: boolean): void
}) {
  const { label, checked, partly = false, onTick } = props
  return (
    <input
      type="checkbox"
      className={styles.box}
      aria-label={label}
      checked={checked}
      ref={(element) => {
        if (element) element.indeterminate = partly
      }}
      onChange={() => {}}
      onClick={(event: MouseEvent<HTMLInputElement>) => onTick(!checked, event.shiftKey)}
    />
  )
}
