import { Loader } from '@mantine/core'
import { IconCircleCheck, IconCirclePlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ModelPoints } from '#contract/mains.ts'
import { pageName } from '../../../ui/page-name.ts'
import { readerPath } from '../../reader/index.ts'
import styles from './library-points.module.css'

/** What the library says on the question, and which of it the answer says too. A click opens the page. */
export function LibraryPoints({ points: { state, points } }: { points: ModelPoints }) {
  const { t } = useTranslation()
  return (
    <section className={styles.card} aria-labelledby="mains-points">
      <h2 id="mains-points" className={styles.heading}>
        {t('mains.result.points')}
      </h2>
      {state === 'waiting' && points.length === 0 && (
        <p className={styles.note} role="status">
          <Loader size={14} /> {t('mains.result.pointsWaiting')}
        </p>
      )}
      {state === 'done' && points.length === 0 && <p className={styles.note}>{t('mains.result.pointsNone')}</p>}
      {points.length > 0 && (
        <>
          <p className={styles.note}>{t('mains.result.pointsLead')}</p>
          <ol className={styles.list}>
            {points.map(({ citation, covered }) => (
              <li key={citation.number}>
                <Link
                  href={readerPath(citation)}
                  className={styles.point}
                  data-covered={covered || undefined}
                  data-testid="model-point"
                >
                  {covered ? <IconCircleCheck size={18} aria-hidden /> : <IconCirclePlus size={18} aria-hidden />}
                  <span className={styles.texts}>
                    <q className={styles.quote}>{citation.quote}</q>
                    <span className={`${styles.place} tabular`}>
                      {t(covered ? 'mains.result.covered' : 'mains.result.missed')} · {citation.title} ·{' '}
                      {pageName(t, citation)}
                    </span>
                    {citation.lost && <span className={styles.lost}>{t('common.lostSource')}</span>}
                  </span>
                </Link>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}
