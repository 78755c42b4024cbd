import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { QuizSummary } from '#contract/quiz.ts'
import { orpc } from '../../client/index.ts'
import { useFormat } from '../../ui/use-format.ts'
import { formatMarks } from '../quiz/index.ts'
import styles from './home-card.module.css'
import { HomeCard } from './home-card.tsx'
import { pickQuizzes } from './pick-quizzes.ts'

const SHOWN = 3

/** Quizzes to carry on with, to begin, or to look back at. */
export function ContinueQuizzes() {
  const { t } = useTranslation()
  const format = useFormat()
  const { data } = useQuery(orpc.quiz.list.queryOptions())
  const note = (quiz: QuizSummary) => {
    if (quiz.openAttemptId) return t('home.continue.openAttempt')
    if (quiz.status === 'making') return t('home.continue.making')
    const { lastAttempt } = quiz
    if (!lastAttempt) return t('home.continue.notTaken')
    return t('home.continue.lastScore', {
      score: formatMarks(lastAttempt.scoreUnits, format.number),
      max: formatMarks(lastAttempt.maxUnits, format.number),
    })
  }
  if (!data) return null
  const quizzes = pickQuizzes(data, SHOWN)
  return (
    <HomeCard
      title={t('home.continue.title')}
      {...(quizzes.length > 0 ? { all: { label: t('home.continue.all'), href: '/quizzes' } } : {})}
    >
      {quizzes.length === 0 ? (
        <p className={styles.empty}>
          {t('home.continue.empty')}
          <Button component={Link} href="/quizzes/new" size="xs" variant="default">
            {t('home.continue.create')}
          </Button>
        </p>
      ) : (
        <ul className={styles.list}>
          {quizzes.map((quiz) => (
            <li key={quiz.id}>
              <Link className={styles.row} href={`/quizzes/${encodeURIComponent(quiz.id)}`}>
                <div className={styles.texts}>
                  <div className={styles.name} title={quiz.title}>
                    {quiz.title}
                  </div>
                  <div className={`${styles.note} tabular`}>
                    {t('common.questions', { count: quiz.questionCount })} · {note(quiz)}
                  </div>
                </div>
                {(quiz.openAttemptId || (quiz.status === 'ready' && !quiz.lastAttempt)) && (
                  <span className={styles.aside}>
                    {quiz.openAttemptId ? t('home.continue.resume') : t('home.continue.start')} →
                  </span>
                )}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </HomeCard>
  )
}
