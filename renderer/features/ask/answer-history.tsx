import { ActionIcon, Loader, Skeleton } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Answer } from '#contract/ask.ts'
import type { AnswerId } from '#contract/ids.ts'
import { failureOf } from '../../client/index.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './answer-history.module.css'
import { historyQuery } from './history-query.ts'
import { useAsking } from './use-asking.ts'

/** Questions asked before, newest first, and the one being answered. */
export function AnswerHistory(props: { openId: AnswerId | undefined; onDelete(answer: Answer): void }) {
  const { openId, onDelete } = props
  const { t } = useTranslation()
  const format = useFormat()
  const nowMs = useNow()
  const { data: answers, error } = useQuery(historyQuery())
  const asking = useAsking((state) => state.asking)
  const running = asking?.phase === 'running' || asking?.phase === 'stopping' ? asking : undefined
  return (
    <nav className={styles.history} aria-labelledby="ask-history">
      <h2 id="ask-history" className={styles.heading}>
        {t('ask.history.title')}
      </h2>
      {error && <FailureNote failure={failureOf(error)} title={t('ask.history.failed')} />}
      {!answers && !error && <Skeleton height={140} />}
      {answers?.length === 0 && !running && <p className={styles.empty}>{t('ask.history.empty')}</p>}
      <ul className={styles.list}>
        {running && (
          <li className={styles.item} data-open={openId === undefined || undefined}>
            <Link href="/ask" className={styles.link}>
              <span className={styles.question}>{running.question}</span>
              <span className={styles.note}>
                <Loader size={11} /> {t('ask.history.running')}
              </span>
            </Link>
          </li>
        )}
        {answers?.map((answer) => (
          <li key={answer.id} className={styles.item} data-open={answer.id === openId || undefined}>
            <Link
              href={`/ask/${encodeURIComponent(answer.id)}`}
              className={styles.link}
              aria-current={answer.id === openId ? 'page' : undefined}
            >
              <span className={styles.question}>{answer.question}</span>
              <span className={`${styles.note} tabular`}>
                {answer.refused
                  ? t('ask.history.refused')
                  : answer.partial
                    ? t('ask.history.partial')
                    : t('ask.history.sources', { count: answer.citations.length })}
                {' · '}
                {format.relative(Math.min(answer.createdAtMs, nowMs), nowMs)}
              </span>
            </Link>
            <ActionIcon
              className={styles.delete}
              size="sm"
              aria-label={t('ask.history.delete', { question: answer.question })}
              onClick={() => onDelete(answer)}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </nav>
  )
}
