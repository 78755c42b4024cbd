import type { ReactNode } from 'react'
import styles from './settings-section.module.css'

/** A group of settings under one heading. */
export function SettingsSection(props: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{props.title}</h2>
      {props.lead && <p className={styles.lead}>{props.lead}</p>}
      <div className={styles.rows}>{props.children}</div>
    </section>
  )
}

/** One setting or figure: its name and what it means on the left, the control on the right. */
export function SettingsRow(props: {
  label: string
  hint?: ReactNode
  /** Ties the label to a control. */
  htmlFor?: string
  /** Names a group control that cannot be tied by an id. */
  labelId?: string
  /** The control takes its whole column. */
  fill?: boolean
  children: ReactNode
}) {
  const { label, hint, htmlFor, labelId, fill, children } = props
  return (
    <div className={styles.row}>
      <div>
        {htmlFor ? (
          <label className={styles.label} htmlFor={htmlFor}>
            {label}
          </label>
        ) : (
          <span className={styles.label} id={labelId}>
            {label}
          </span>
        )}
        {hint && <p className={styles.hint}>{hint}</p>}
      </div>
      <div className={styles.control} data-fill={fill || undefined}>
        {children}
      </div>
    </div>
  )
}
