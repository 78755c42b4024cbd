import { Anchor, Button, Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Failure } from '#contract/errors.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useFormat } from '../../ui/use-format.ts'
import answerStyles from './answer-view.module.css'
import { UnderstoodAs } from './answer-view.tsx'
import type { Asking } from './asking.ts'
import styles from './asking-view.module.css'
import { PassageList } from './passage-list.tsx'

/** From here on the time taken is shown: it tells a slow model from a hung one. */
const SHOW_TIME_AFTER_MS = 3000

/** A question while it is answered: what is done now, what was found, what is written so far. */
export function AskingView({ asking, onAgain }: { asking: Asking; onAgain(): void }) {
  const { t } = useTranslation()
  return (
    <article className={answerStyles.answer} aria-label={t('ask.answer.label')} aria-busy={asking.phase === 'running'}>
      <h2 className={answerStyles.question} data-testid="question">
        {asking.question}
      </h2>
      {asking.asked && <UnderstoodAs asked={asking.asked} />}
      {asking.phase === 'failed' && asking.failure ? (
        <Unanswered failure={asking.failure} onAgain={onAgain} />
      ) : (
        <StageLine asking={asking} />
      )}
      {asking.text && (
        <div>
          <p className={styles.draft} data-testid="streaming">
            {asking.text}
            {asking.phase === 'running' && asking.stage === 'writing' && <span className={styles.caret} aria-hidden />}
          </p>
          <p className={styles.unchecked}>{t('ask.live.unchecked')}</p>
        </div>
      )}
      {asking.passages.length > 0 && (
        <details className={styles.passages}>
          <summary>{t('ask.live.passages', { count: asking.passages.length })}</summary>
          <PassageList passages={asking.passages} />
        </details>
      )}
    </article>
  )
}

/** A failure with its next step; what the person stopped is none. */
function Unanswered({ failure, onAgain }: { failure: Failure; onAgain(): void }) {
  const { t } = useTranslation()
  const again = (label: string) => (
    <Button size="xs" variant="default" onClick={onAgain}>
      {label}
    </Button>
  )
  if (failure.code !== 'cancelled') {
    return <FailureNote failure={failure} title={t('ask.failed')} actions={again(t('common.retry'))} />
  }
  return (
    <p className={styles.stage} role="status">
      {t('ask.stopped')} {again(t('ask.answer.again'))}
    </p>
  )
}

function StageLine({ asking }: { asking: Asking }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const elapsedMs = nowMs - asking.startedAtMs
  return (
    <p className={styles.stage}>
      <Loader size={16} aria-hidden />
      <span role="status">
        {asking.phase === 'stopping'
          ? t('ask.stage.stopping')
          : asking.stage === 'waiting'
            ? t('ask.stage.waiting', { count: asking.ahead })
            : t(`ask.stage.${asking.stage}`)}
      </span>
      {asking.phase === 'running' && asking.stage === 'waiting' && (
        <Anchor component={Link} href="/settings/models" className={styles.time}>
          {t('ask.stage.queue')}
        </Anchor>
      )}
      {asking.expected && asking.expected.durationMs >= SHOW_TIME_AFTER_MS ? (
        <span className={`${styles.time} tabular`}>
          {t('ask.stage.expected', {
            elapsed: format.duration(Math.max(0, nowMs - asking.expected.fromMs)),
            duration: format.duration(asking.expected.durationMs),
          })}
        </span>
      ) : elapsedMs >= SHOW_TIME_AFTER_MS ? (
        <span className={`${styles.time} tabular`}>{format.duration(elapsedMs)}</span>
      ) : null}
    </p>
  )
}
