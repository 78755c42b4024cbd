import { Button } from '@mantine/core'
import { IconCircle, IconCircleCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { JobId, MainsAnswerId } from '#contract/ids.ts'
import type { Rubric, RubricPoint } from '#contract/mains.ts'
import type { TextRange } from '#contract/search.ts'
import { orpc } from '../../../client/index.ts'
import { jobsQuery } from '../../../state/jobs-query.ts'
import { modelStatusQuery } from '../../ask/index.ts'
import { JobAtWork } from '../../jobs/index.ts'
import { refreshMains } from '../mains-queries.ts'
import styles from './check-list.module.css'
import own from './rubric-view.module.css'

interface RubricShowing {
  shownKey: string | undefined
  onShow(key: string, places: readonly TextRange[]): void
}

/** The rubric as a model ticked it, each tick with the words of the answer that carry it; or why there is none. */
export function RubricView(
  props: RubricShowing & { rubric: Rubric; answerId: MainsAnswerId; jobId: JobId | undefined },
) {
  const { rubric, answerId, jobId, ...showing } = props
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: model } = useQuery(modelStatusQuery())
  const refresh = () => refreshMains(queryClient)
  const ask = useMutation(orpc.mains.evaluateAgain.mutationOptions({ onSuccess: refresh }))
  const { state, points, droppedCount } = rubric
  const canAsk = (state === 'none' || state === 'failed') && model?.state === 'ready'
  return (
    <section className={styles.card} aria-labelledby="mains-rubric">
      <h2 id="mains-rubric" className={styles.heading}>
        {t('mains.result.rubric')}
      </h2>
      {state === 'waiting' && <Waiting jobId={jobId} />}
      {state === 'none' && <p className={own.note}>{t('mains.result.rubricNone')}</p>}
      {state === 'failed' && <p className={own.note}>{t('mains.result.rubricFailed')}</p>}
      {canAsk && (
        <Button mt={8} size="xs" variant="default" loading={ask.isPending} onClick={() => ask.mutate({ answerId })}>
          {t('mains.result.askAgain')}
        </Button>
      )}
      {state === 'done' && (
        <>
          <p className={own.note}>{t('mains.result.rubricBy', { model: rubric.model ?? '' })}</p>
          <ul className={styles.list}>
            {points.map((point) => (
              <Point key={point.text} point={point} {...showing} />
            ))}
          </ul>
          {droppedCount > 0 && <p className={own.note}>{t('mains.result.rubricDropped', { count: droppedCount })}</p>}
        </>
      )}
    </section>
  )
}

function Waiting({ jobId }: { jobId: JobId | undefined }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: jobs } = useQuery(jobsQuery())
  const job = jobs?.jobs.find(({ id }) => id === jobId)
  return (
    <JobAtWork job={job} starting={t('mains.result.rubricWaiting')} onStopped={() => void refreshMains(queryClient)} />
  )
}

function Point({ point, shownKey, onShow }: RubricShowing & { point: RubricPoint }) {
  const { t } = useTranslation()
  const { text, ticked, quote, place } = point
  const key = `rubric ${text}`
  const Icon = ticked ? IconCircleCheck : IconCircle
  return (
    <li className={styles.check} data-verdict={ticked ? 'met' : 'none'} data-testid="rubric-point">
      <Icon size={18} className={styles.icon} aria-hidden />
      <div className={styles.texts}>
        <p>{text}</p>
        {quote !== undefined && place ? (
          <>
            <q className={own.quote}>{quote}</q>{' '}
            <button
              type="button"
              className={styles.show}
              aria-pressed={shownKey === key}
              onClick={() => onShow(key, [place])}
            >
              {t(shownKey === key ? 'mains.result.hide' : 'mains.result.show')}
            </button>
          </>
        ) : (
          <p className={own.note}>{t('mains.result.notMet')}</p>
        )}
      </div>
    </li>
  )
}
