import { ActionIcon, Button } from '@mantine/core'
import { IconTrash, IconWriting } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { checkTitle } from '#contract/describe-check.ts'
import type { CheckTrend, PastAnswer } from '#contract/mains.ts'
import { orpc } from '../../client/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { notify } from '../../ui/notify.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './answer-history.module.css'
import { resultPath } from './mains-path.ts'
import { historyQuery, refreshMains } from './mains-queries.ts'

/** As the trend has it: the last so many answers. */
const WINDOW = 5

/** What was answered, newest first, and how each check went over the answers. */
export function AnswerHistory() {
  const { t } = useTranslation()
  const query = useQuery(historyQuery())
  const { data } = query
  if (!data) return <PageWaiting query={query} height={200} failureTitle={t('mains.failed')} />
  if (data.answers.length === 0) {
    return (
      <EmptyState
        icon={<IconWriting size={26} />}
        title={t('mains.history.empty.title')}
        body={t('mains.history.empty.body')}
        actions={
          <Button component={Link} href="/mains">
            {t('mains.history.empty.choose')}
          </Button>
        }
      />
    )
  }
  return (
    <>
      <section className={styles.trends} aria-labelledby="mains-trends">
        <h2 id="mains-trends" className={styles.heading}>
          {t('mains.history.trend')}
        </h2>
        <p className={styles.lead}>{t('mains.history.trendLead')}</p>
        <ul className={styles.trendList}>
          {data.trends.map((trend) => (
            <Trend key={trend.id} trend={trend} />
          ))}
        </ul>
      </section>
      <ul className={styles.list} aria-label={t('mains.history.label')}>
        {data.answers.map((answer) => (
          <AnswerRow key={answer.id} answer={answer} />
        ))}
      </ul>
    </>
  )
}

function Trend({ trend }: { trend: CheckTrend }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { id, verdicts, recentShare = 0, earlierShare } = trend
  const change = earlierShare === undefined ? undefined : Math.sign(recentShare - earlierShare)
  const recent = Math.min(WINDOW, verdicts.length)
  const how = change === undefined ? undefined : change > 0 ? 'up' : change < 0 ? 'down' : 'same'
  return (
    <li className={styles.trend}>
      <span className={styles.name}>{checkTitle(id, language)}</span>
      <span className={styles.marks} aria-hidden>
        {verdicts.map((verdict, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the marks of past answers never change places
          <span key={at} className={styles.mark} data-verdict={verdict} />
        ))}
      </span>
      <span className={`${styles.share} tabular`}>
        {t('mains.history.recent', { met: Math.round(recentShare * recent), count: recent })}
        {how && <span className={styles.change}> · {t(`mains.history.${how}`)}</span>}
      </span>
    </li>
  )
}

function AnswerRow({ answer }: { answer: PastAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nowMs = useNow()
  const queryClient = useQueryClient()
  const { id, question, wordCount, wordLimit, verdicts, submittedAtMs } = answer
  const refresh = () => refreshMains(queryClient)
  const restore = useMutation(orpc.mains.restoreAnswer.mutationOptions({ onSuccess: refresh }))
  const remove = useMutation(
    orpc.mains.deleteAnswer.mutationOptions({
      onSuccess: () => {
        void refresh()
        notify({
          title: t('mains.deleted'),
          message: question,
          action: { label: t('common.undo'), run: () => restore.mutate({ answerId: id }) },
        })
      },
    }),
  )
  const asked = verdicts.filter(({ verdict }) => verdict !== 'none')
  const met = asked.filter(({ verdict }) => verdict === 'met').length
  return (
    <li className={styles.row} data-testid="mains-answer">
      <div className={styles.texts}>
        <Link href={resultPath(id)} className={styles.title}>
          {question}
        </Link>
        <p className={`${styles.facts} tabular`}>
          {t('mains.result.met', { met, all: asked.length })} · {t('mains.write.words', { count: wordCount })}{' '}
          {t('mains.write.ofLimit', { limit: wordLimit })} · {format.relative(Math.min(submittedAtMs, nowMs), nowMs)}
        </p>
      </div>
      <ActionIcon aria-label={t('mains.delete', { title: question })} onClick={() => remove.mutate({ answerId: id })}>
        <IconTrash size={16} />
      </ActionIcon>
    </li>
  )
}
