import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useFormat } from '../../ui/use-format.ts'
import { conversationPath, conversationsQuery } from '../ask/index.ts'
import styles from './home-card.module.css'
import { HomeCard } from './home-card.tsx'

const SHOWN = 4

/** The last questions, each with what stands behind its answer. */
export function RecentAnswers({ nowMs }: { nowMs: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data: all } = useQuery(conversationsQuery(''))
  const data = all?.slice(0, SHOWN)
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
          {data.map(({ id, title, last, updatedAtMs }) => (
            <li key={id}>
              <Link className={styles.row} href={conversationPath(id)}>
                <div className={styles.texts}>
                  <div className={styles.name} title={title}>
                    {title}
                  </div>
                  <div className={`${styles.note} tabular`}>
                    {last.refused
                      ? t('home.answers.refused')
                      : t('home.answers.sources', { count: last.citationCount })}
                  </div>
                </div>
                <span className={styles.aside}>{format.relative(Math.min(updatedAtMs, nowMs), nowMs)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </HomeCard>
  )
}
