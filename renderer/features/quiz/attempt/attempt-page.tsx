import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import { AttemptId } from '#contract/ids.ts'
import { client } from '../../../client/index.ts'
import { navigate } from '../../../state/hash-location.ts'
import { PageFrame } from '../../../ui/page-frame.tsx'
import { PageWaiting } from '../../../ui/page-waiting.tsx'
import { OpenTest } from './open-test.tsx'

/** The open test of this id with its questions; `over` when it was submitted already. */
async function openAttempt(attemptId: AttemptId) {
  const quizzes = await client.quiz.list()
  const quiz = quizzes.find(({ openAttemptId }) => openAttemptId === attemptId)
  if (quiz) return { over: false as const, quiz, ...(await client.quiz.begin({ quizId: quiz.id })) }
  await client.quiz.review({ attemptId })
  return { over: true as const }
}

/** /quizzes/attempt/:attemptId: a test in progress. Coming back goes on where it was left. */
export function AttemptPage() {
  const { t } = useTranslation()
  const params = useParams<{ attemptId: string }>()
  const attemptId = AttemptId.parse(params.attemptId || 'none')
  const query = useQuery({
    queryKey: ['open-attempt', attemptId],
    queryFn: () => openAttempt(attemptId),
    // Read once on entering: from then on the page knows better than the server.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  const { data } = query
  useEffect(() => {
    if (data?.over) navigate(`/quizzes/review/${encodeURIComponent(attemptId)}`, { replace: true })
  }, [data, attemptId])
  if (data && !data.over) {
    return <OpenTest key={attemptId} quiz={data.quiz} attempt={data.attempt} questions={data.questions} />
  }
  return (
    <PageFrame title={t('quiz.attempt.title')} width="form">
      <PageWaiting
        query={query}
        height={320}
        failureTitle={t('quiz.attempt.gone')}
        otherWay={{ href: '/quizzes', label: t('quiz.action.back') }}
      />
    </PageFrame>
  )
}
