import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { orpc } from '../../client/index.ts'
import { useFormat } from '../../ui/use-format.ts'
import styles from './home-card.module.css'
import { HomeCard } from './home-card.tsx'

const SHOWN = 4

/** The last questions, each with what stands behind its answer. */
export function RecentAnswers({ nowMs }: { nowMs: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useQuery(orpc.ask.history.queryOptions({ input: { limit: SHOWN }, staleTime: 0 }))
  if (!data) return null
  return (
    <HomeCard
      title={t('home.answers.title')}
      {...(data.length > 0 ? { all: { label: t('home.answers.all'), href: '/ask' } } : {})}
    >
      {data.length === 0 ? (
        <p className={styles.empty}>{t('home.answers.empty')}</p>
      ) : (
        <ul className={styles.list}>
          {data.map(({ id, question, refused, citations, createdAtMs }) => (
            <li key={id}>
              <Link className={styles.row} href={`/ask/${encodeURIComponent(id)}`}>
                <div className={styles.texts}>
                  <div className={styles.name} title={question}>
                    {question}
                  </div>
                  <div className={`${styles.note} tabular`}>
                    {refused ? t('home.answers.refused') : t('home.answers.sources', { count: citations.length })}
                  </div>
                </div>
                <span className={styles.aside}>{format.relative(createdAtMs, nowMs)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </HomeCard>
  )
}
