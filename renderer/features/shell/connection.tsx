import { Button } from '@mantine/core'
import { useTimeout } from '@mantine/hooks'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../../client/index.ts'
import { BrandMark } from '../../ui/brand-mark.tsx'
import styles from './connection-banner.module.css'

/** Opening takes a moment on an old disk; after this long something is wrong. */
const SLOW_MS = 8000

/** Says that the core is out of reach, over the page: what is on it stays readable. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const lost = useConnection(({ state }) => state === 'lost')
  if (!lost) return null
  return (
    <div className={styles.banner} role="alert">
      <IconPlugConnectedX size={22} aria-hidden />
      <div>
        <p className={styles.title}>{t('shell.connection.lost')}</p>
        <p className={styles.detail}>{t('shell.connection.lostDetail')}</p>
      </div>
    </div>
  )
}

/** Before the first word from the core. */
export function Splash() {
  const { t } = useTranslation()
  const [slow, setSlow] = useState(false)
  useTimeout(() => setSlow(true), SLOW_MS, { autoInvoke: true })
  return (
    <main className={styles.splash}>
      <BrandMark size={56} />
      <p role="status">{t('shell.connection.connecting')}</p>
      <div className={slow ? styles.slow : styles.hidden}>
        <p className={styles.title}>{t('shell.connection.slow')}</p>
        <p className={styles.detail}>{t('shell.connection.slowDetail')}</p>
        <Button mt="md" variant="default" onClick={() => location.reload()}>
          {t('shell.connection.reload')}
        </Button>
      </div>
    </main>
  )
}
