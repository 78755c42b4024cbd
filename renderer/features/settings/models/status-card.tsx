import { Button } from '@mantine/core'
import { IconBolt, IconCpu, IconCpuOff, IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelShelf } from '#contract/models.ts'
import { failureOf, orpc } from '../../../client/index.ts'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { CopyText } from '../copy-text.tsx'
import { describeStatus } from './describe-status.ts'
import styles from './status-card.module.css'
import { useLookAgain } from './use-shelf.ts'

/** Whether the model answers; what is wrong and how to mend it where it doesn't. */
export function StatusCard({ shelf }: { shelf: ModelShelf }) {
  const { t } = useTranslation()
  const format = useFormat()
  const lookAgain = useLookAgain()
  const [checking, setChecking] = useState(false)
  const { status, installed } = shelf
  const told = describeStatus(status)
  const inMemory = installed.some(({ inUse, loaded }) => inUse && loaded)
  const warmUp = useMutation(orpc.models.warmUp.mutationOptions())
  const unload = useMutation(orpc.models.unload.mutationOptions({ onSettled: lookAgain }))
  const tryAgain = useMutation(orpc.models.tryAgain.mutationOptions({ onSettled: lookAgain }))
  const failure = unload.error ?? warmUp.error ?? tryAgain.error
  const check = async () => {
    setChecking(true)
    await tryAgain.mutateAsync(undefined).catch(() => {})
    setChecking(false)
  }
  const canLoad = status.state === 'ready' && status.provider === 'ollama'
  return (
    <div className={styles.card} data-state={status.state}>
      <div className={styles.line} role="status">
        <span className={styles.dot} aria-hidden />
        {t(told.headline, { model: status.model ?? '' })}
        {status.version && (
          <span className={styles.version}>{t('models.writer.version', { version: status.version })}</span>
        )}
      </div>
      {told.mend && <p className={styles.mend}>{t(told.mend, { duration: format.duration(status.retryInMs ?? 0) })}</p>}
      {told.command && <CopyText text={told.command} />}
      {status.state !== 'ready' && status.state !== 'off' && (
        <p className={styles.mend}>{t('models.writer.without')}</p>
      )}
      {canLoad && inMemory && <p className={styles.mend}>{t('models.writer.loaded')}</p>}
      <div className={styles.buttons}>
        {status.state !== 'off' && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={status.state === 'resting' ? <IconBolt size={14} /> : <IconRefresh size={14} />}
            loading={checking}
            onClick={() => void check()}
          >
            {status.state === 'resting' ? t('models.writer.tryNow') : t('models.writer.check')}
          </Button>
        )}
        {canLoad && !inMemory && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCpu size={14} />}
            loading={warmUp.isPending}
            onClick={() => warmUp.mutate(undefined)}
          >
            {t('models.writer.warmUp')}
          </Button>
        )}
        {canLoad && inMemory && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCpuOff size={14} />}
            loading={unload.isPending}
            onClick={() => unload.mutate(undefined)}
          >
            {t('models.writer.unload')}
          </Button>
        )}
      </div>
      {failure && <FailureNote failure={failureOf(failure)} />}
    </div>
  )
}
