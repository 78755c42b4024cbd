import { Button } from '@mantine/core'
import { IconArrowLeft, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { QuizId } from '#contract/ids.ts'
import type { QuizSummary } from '#contract/quiz.ts'
import { failureOf, orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { jobsQuery } from '../../state/jobs-query.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { RetryNote } from '../../ui/retry-note.tsx'
import { JobAtWork } from '../jobs/index.ts'
import { DeleteQuizDialog } from './delete-quiz-dialog.tsx'
import { ExportMenu } from './export-menu.tsx'
import { QuestionPreviews } from './question-previews.tsx'
import { QuizFacts } from './quiz-facts.tsx'
import styles from './quiz-page.module.css'
import { newQuizPath } from './quiz-path.ts'
import { quizQuery, refreshQuizzes } from './quiz-queries.ts'
import { useBeginTest } from './use-begin-test.ts'

/** /quizzes/:quizId: a quiz as it is made, and the door to its test. */
export function QuizPage() {
  const { t } = useTranslation()
  const params = useParams<{ quizId: string }>()
  const quizId = QuizId.parse(params.quizId || 'none')
  const query = useQuery(quizQuery(quizId))
  const quiz = query.data
  const [deleting, setDeleting] = useState(false)
  const back = (
    <Button component={Link} href="/quizzes" variant="default" leftSection={<IconArrowLeft size={16} />}>
      {t('quiz.action.back')}
    </Button>
  )
  if (!quiz) {
    return (
      <PageFrame title={t('quiz.page.label')} width="form" actions={back}>
        <PageWaiting query={query} height={240} />
      </PageFrame>
    )
  }
  return (
    <PageFrame
      title={quiz.title}
      width="form"
      actions={
        <>
          {back}
          {quiz.questionCount > 0 && <ExportMenu quizId={quiz.id} />}
          <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>
            {t('quiz.action.delete')}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.stack}>
          {quiz.status === 'making' && <MakingPanel quiz={quiz} />}
          <QuizNotes quiz={quiz} />
          {quiz.questionCount > 0 && quiz.status !== 'making' && <TestPanel quiz={quiz} />}
          {(quiz.questionCount > 0 || quiz.status === 'making') && <Questions quiz={quiz} />}
        </div>
        <QuizFacts quiz={quiz} />
      </div>
      <DeleteQuizDialog
        quiz={deleting ? quiz : undefined}
        onClose={() => setDeleting(false)}
        onDeleted={() => navigate('/quizzes', { replace: true })}
      />
    </PageFrame>
  )
}

/** How far the making is, and a way to stop it. */
function MakingPanel({ quiz }: { quiz: QuizSummary }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: jobs } = useQuery(jobsQuery())
  const job = jobs?.jobs.find(({ id }) => id === quiz.jobId)
  return (
    <JobAtWork
      job={job}
      starting={t('quiz.status.making')}
      stop="quiz.action.cancel"
      onStopped={() => void refreshQuizzes(queryClient)}
    />
  )
}

/** Why there are fewer questions than asked, or none. */
function QuizNotes({ quiz }: { quiz: QuizSummary }) {
  const { t } = useTranslation()
  const { data: jobs } = useQuery(jobsQuery())
  if (quiz.status === 'making') return null
  const failure = jobs?.jobs.find(({ id }) => id === quiz.jobId)?.failure
  if (quiz.status === 'failed' && failure) {
    return (
      <FailureNote
        failure={failure}
        actions={
          <Button component={Link} href={newQuizPath({ documentIds: quiz.documentIds })} size="xs" variant="default">
            {t('quiz.action.makeAnother')}
          </Button>
        }
      />
    )
  }
  if (quiz.questionCount >= quiz.requestedCount) return null
  return (
    <p className={styles.note} data-tone={quiz.questionCount === 0 ? 'problem' : undefined}>
      <strong>{quiz.questionCount === 0 ? t('quiz.page.none') : t('quiz.page.tooFew')}</strong> {whyFewer()}
    </p>
  )

  function whyFewer() {
    if (quiz.status === 'cancelled') return t('quiz.page.stopped')
    // The work broke off: what its error says is in English, as wherever an error is shown whole.
    if (failure || quiz.status === 'failed') return <span lang="en">{quiz.note}</span>
    return t('quiz.page.noMore')
  }
}

/** What awaits in the test, and its button. */
function TestPanel({ quiz }: { quiz: QuizSummary }) {
  const { t } = useTranslation()
  const begin = useBeginTest()
  const { openAttemptId, lastAttempt } = quiz
  return (
    <section className={styles.test}>
      <p className={styles.rules}>{t('quiz.page.rules')}</p>
      <div className={styles.buttons}>
        <Button
          size="md"
          leftSection={<IconPlayerPlay size={18} />}
          loading={begin.isPending}
          onClick={() => begin.mutate({ quizId: quiz.id })}
        >
          {openAttemptId ? t('quiz.action.continue') : t(lastAttempt ? 'quiz.action.again' : 'quiz.action.start')}
        </Button>
        {lastAttempt && (
          <Button
            component={Link}
            href={`/quizzes/review/${encodeURIComponent(lastAttempt.id)}`}
            size="md"
            variant="default"
          >
            {t('quiz.action.reviewLast')}
          </Button>
        )}
      </div>
      {begin.error && <FailureNote failure={failureOf(begin.error)} />}
    </section>
  )
}

function Questions({ quiz }: { quiz: QuizSummary }) {
  const { t } = useTranslation()
  // A key that changes with the count: a new question is fetched when it is there, and not before.
  const {
    data: questions,
    error,
    refetch,
  } = useQuery({
    ...orpc.quiz.questions.queryOptions({ input: { quizId: quiz.id }, staleTime: Number.POSITIVE_INFINITY }),
    queryKey: [...orpc.quiz.questions.queryKey({ input: { quizId: quiz.id } }), quiz.questionCount] as never,
    placeholderData: keepPreviousData,
  })
  return (
    <section aria-labelledby="quiz-questions">
      <h2 id="quiz-questions" className={styles.heading}>
        {t('quiz.page.questions')}
      </h2>
      <p className={styles.hint}>{t(quiz.status === 'making' ? 'quiz.page.making' : 'quiz.page.keysHidden')}</p>
      <RetryNote error={error} onRetry={refetch} />
      <QuestionPreviews
        questions={questions ?? []}
        awaited={quiz.status === 'making' ? quiz.requestedCount - quiz.questionCount : 0}
      />
    </section>
  )
}
