import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import { MainsAnswerId } from '#contract/ids.ts'
import { client } from '../../../client/index.ts'
import { navigate } from '../../../state/hash-location.ts'
import { PageFrame } from '../../../ui/page-frame.tsx'
import { PageWaiting } from '../../../ui/page-waiting.tsx'
import { resultPath } from '../mains-path.ts'
import { WritingDesk } from './writing-desk.tsx'

/** /mains/write/:answerId: an answer in the writing. Coming back goes on at the same letter and second. */
export function WritePage() {
  const { t } = useTranslation()
  const params = useParams<{ answerId: string }>()
  const answerId = MainsAnswerId.parse(params.answerId || 'none')
  const query = useQuery({
    queryKey: ['open-mains-answer', answerId],
    queryFn: () => client.mains.answer({ answerId }),
    // Read once on entering: from then on the page knows better than the server.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  const { data } = query
  const isOver = data?.submittedAtMs !== undefined
  useEffect(() => {
    if (isOver) navigate(resultPath(answerId), { replace: true })
  }, [isOver, answerId])
  if (data && !isOver) return <WritingDesk key={answerId} answer={data} />
  return (
    <PageFrame title={t('mains.title')} width="form">
      <PageWaiting
        query={query}
        height={320}
        failureTitle={t('mains.write.gone')}
        otherWay={{ href: '/mains', label: t('mains.write.back') }}
      />
    </PageFrame>
  )
}
