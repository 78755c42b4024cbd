import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowLeft, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { AttemptId } from '#contract/ids.ts'
import { failureOf, orpc } from '../../client/index.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { AttemptAnalysis } from './attempt-analysis.tsx'
import { newQuizPath } from './quiz-path.ts'
import { countByFilter, matchesFilter, REVIEW_FILTERS, type ReviewFilter, reviewQuestions } from './review-filter.ts'
import styles from './review-page.module.css'
import { ReviewQuestion } from './review-question.tsx'
import { ScoreCard } from './score-card.tsx'
import { useBeginTest } from './use-begin-test.ts'

/** /quizzes/review/:attemptId: the score, and each question with its key, its explanation and its source. */
export function ReviewPage() {
  const { t } = useTranslation()
  const params = useParams<{ attemptId: string }>()
  const attemptId = AttemptId.parse(params.attemptId || 'none')
  const query = useQuery(orpc.quiz.review.queryOptions({ input: { attemptId }, staleTime: 0 }))
  const { data } = query
  const [filter, setFilter] = useState<ReviewFilter>('all')
  const begin = useBeginTest()
  const back = (
    <Button component={Link} href="/quizzes" variant="default" leftSection={<IconArrowLeft size={16} />}>
      {t('quiz.action.back')}
    </Button>
  )
  if (!data) {
    return (
      <PageFrame title={t('quiz.action.review')} width="form" actions={back}>
        <PageWaiting query={query} height={320} />
      </PageFrame>
    )
  }
  const { quiz, attempt, score } = data
  const reviewed = reviewQuestions(data.questions, attempt.responses)
  const counts = countByFilter(reviewed)
  const shown = reviewed.filter((each) => matchesFilter(each, filter))
  return (
    <PageFrame
      title={t('quiz.review.title', { title: quiz.title })}
      width="form"
      actions={
        <>
          {back}
          {score.wrongCount > 0 && (
            <Button component={Link} href={newQuizPath({ only: 'wrong' })} variant="default">
              {t('quiz.action.practiseWrong')}
            </Button>
          )}
          <Button
            leftSection={<IconRefresh size={16} />}
            loading={begin.isPending}
            onClick={() => begin.mutate({ quizId: quiz.id })}
          >
            {t(quiz.openAttemptId ? 'quiz.action.continue' : 'quiz.action.again')}
          </Button>
        </>
      }
    >
      {begin.error && <FailureNote failure={failureOf(begin.error)} />}
      <ScoreCard quiz={quiz} attempt={attempt} score={score} />
      <AttemptAnalysis attempt={attempt} reviewed={reviewed} />
      <div className={styles.filter}>
        <SegmentedControl
          aria-label={t('quiz.review.filter.label')}
          value={filter}
          onChange={(value) => setFilter(value as ReviewFilter)}
          data={REVIEW_FILTERS.map((value) => ({
            value,
            disabled: counts[value] === 0 && value !== 'all',
            label: (
              <>
                {t(`quiz.review.filter.${value}`)} <span className={`${styles.count} tabular`}>{counts[value]}</span>
              </>
            ),
          }))}
        />
      </div>
      {shown.length === 0 && <p className={styles.none}>{t('quiz.review.filter.none')}</p>}
      <ol className={styles.list}>
        {shown.map((each) => (
          <ReviewQuestion key={each.question.id} reviewed={each} />
        ))}
      </ol>
    </PageFrame>
  )
}
