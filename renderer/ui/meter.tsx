import styles from './meter.module.css'

/** A thin bar of how far something is; without a share it only says that work goes on. */
export function Meter({ share, label }: { share: number | undefined; label: string }) {
  const bounded = share === undefined ? undefined : Math.min(1, Math.max(0, share))
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={bounded === undefined ? undefined : Math.round(bounded * 100)}
    >
      <div
        className={bounded === undefined ? `${styles.bar} ${styles.waiting}` : styles.bar}
        style={bounded === undefined ? undefined : { width: `${bounded * 100}%` }}
      />
    </div>
  )
}
