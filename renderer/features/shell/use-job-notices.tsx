import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { useCallback, useRef } from 'react'
import type { Job } from '#contract/jobs.ts'
import { orpc } from '../../client/index.ts'
import { navigate, readHash } from '../../state/hash-location.ts'
import { useLibraryView } from '../../state/library-view.ts'
import { notify } from '../../ui/notify.tsx'
import { type JobNotice, NO_NOTICES, sectionOf, summariseJobChange } from '../jobs/index.ts'

async function openQuizOf(queryClient: QueryClient, job: Job): Promise<void> {
  const quizzes = await queryClient.fetchQuery(orpc.quiz.list.queryOptions({ staleTime: 0 }))
  const quiz = quizzes.find(({ jobId }) => jobId === job.id)
  navigate(quiz ? `/quizzes/${encodeURIComponent(quiz.id)}` : '/quizzes')
}

function tell(queryClient: QueryClient, notice: JobNotice): void {
  const { t } = i18next
  if (notice.type === 'imported') {
    const { readyCount, failedCount } = notice
    const { path } = readHash(location.hash)
    // The library and the jobs show each document's fate themselves, the front page what is ready.
    if (path === '/library' || path === '/jobs') return
    if (readyCount > 0 && path !== '/') {
      notify({
        title: t('shell.notices.importedTitle', { count: readyCount }),
        message: t('shell.notices.importedBody'),
        failed: false,
        action: { label: t('shell.notices.open'), run: () => navigate('/library') },
      })
    }
    if (failedCount > 0) {
      notify({
        title: t('shell.notices.importFailedTitle', { count: failedCount }),
        failed: true,
        action: {
          label: t('shell.notices.seeWhy'),
          run: () => {
            useLibraryView.getState().set({ status: 'attention', text: '' })
            navigate('/library')
          },
        },
      })
    }
    return
  }
  const { job } = notice
  const { failure } = job
  if (notice.type === 'quiz-ready') {
    // The quizzes show it themselves, and a test is not to be talked into.
    if (readHash(location.hash).path.startsWith('/quizzes')) return
    notify({
      title: t('shell.notices.quizReadyTitle'),
      message: job.title,
      failed: false,
      action: { label: t('shell.notices.open'), run: () => void openQuizOf(queryClient, job) },
    })
    return
  }
  if (notice.type === 'data-ready' || notice.type === 'data-failed') {
    // The page that it was asked for on shows it itself.
    if (readHash(location.hash).path === '/settings/data') return
    const failed = notice.type === 'data-failed'
    const kind = job.kind as 'back-up-library' | 'restore-backup' | 'export-library'
    notify({
      title: t(`shell.notices.${notice.type}.${kind}`),
      message: failed && failure ? `${job.title}: ${t(`failures.${failure.code}.title`)}` : job.title,
      failed,
      action: { label: t('shell.notices.open'), run: () => navigate(failed ? '/jobs' : '/settings/data') },
    })
    return
  }
  // A file that waits for its password says so in its row, a quiz that failed on its page.
  const { path } = readHash(location.hash)
  if (job.kind === 'import-document' && (path === '/library' || path === '/jobs')) return
  if (notice.type === 'quiz-failed' && path.startsWith('/quizzes')) return
  notify({
    title: t(notice.type === 'quiz-failed' ? 'shell.notices.quizFailedTitle' : 'shell.notices.needsYouTitle'),
    message: failure ? `${job.title}: ${t(`failures.${failure.code}.title`)}` : job.title,
    failed: true,
    action: { label: t('shell.notices.seeWhy'), run: () => navigate('/jobs') },
  })
}

/** Hears of each change of a job: tells the person what is worth it, and refreshes what a finished job changed. */
export function useJobNotices(): (job: Job) => void {
  const queryClient = useQueryClient()
  const state = useRef(NO_NOTICES)
  return useCallback(
    (job) => {
      const result = summariseJobChange(state.current, job)
      state.current = result.state
      const section = sectionOf(job)
      if (section === 'finished' || section === 'failed') {
        if (job.kind === 'make-quiz') void queryClient.invalidateQueries({ queryKey: orpc.quiz.key() })
        if (job.kind === 'import-document') void queryClient.invalidateQueries({ queryKey: orpc.search.key() })
      }
      if (result.notice) tell(queryClient, result.notice)
    },
    [queryClient],
  )
}
