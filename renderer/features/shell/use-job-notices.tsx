import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { useCallback, useRef } from 'react'
import type { Job } from '#contract/jobs.ts'
import { orpc } from '../../client/index.ts'
import { navigate, readHash } from '../../state/hash-location.ts'
import { useLibraryView } from '../../state/library-view.ts'
import { type JobNotice, NO_NOTICES, sectionOf, summariseJobChange } from '../jobs/index.ts'

const READ_MS = 8000

function show(notice: { title: string; message: string; failed: boolean; label: string; go(): void }): void {
  const id = notifications.show({
    color: notice.failed ? 'red' : 'peacock',
    title: notice.title,
    // What failed stays until it was seen.
    autoClose: notice.failed ? false : READ_MS,
    message: (
      <>
        {notice.message}
        <div>
          <Button
            mt={8}
            size="compact-sm"
            variant="default"
            onClick={() => {
              notifications.hide(id)
              notice.go()
            }}
          >
            {notice.label}
          </Button>
        </div>
      </>
    ),
  })
}

async function openQuizOf(queryClient: QueryClient, job: Job): Promise<void> {
  const quizzes = await queryClient.fetchQuery(orpc.quiz.list.queryOptions({ staleTime: 0 }))
  const quiz = quizzes.find(({ jobId }) => jobId === job.id)
  navigate(quiz ? `/quizzes/${encodeURIComponent(quiz.id)}` : '/quizzes')
}

function tell(queryClient: QueryClient, notice: JobNotice): void {
  const { t } = i18next
  if (notice.type === 'imported') {
    const { readyCount, failedCount } = notice
    // The library shows each document's fate itself.
    if (readHash(location.hash).path === '/library') return
    if (readyCount > 0) {
      show({
        title: t('shell.notices.importedTitle', { count: readyCount }),
        message: t('shell.notices.importedBody'),
        failed: false,
        label: t('shell.notices.open'),
        go: () => navigate('/library'),
      })
    }
    if (failedCount > 0) {
      show({
        title: t('shell.notices.importFailedTitle', { count: failedCount }),
        message: '',
        failed: true,
        label: t('shell.notices.seeWhy'),
        go: () => {
          useLibraryView.getState().set({ status: 'attention', text: '' })
          navigate('/library')
        },
      })
    }
    return
  }
  const { job } = notice
  const { failure } = job
  if (notice.type === 'quiz-ready') {
    show({
      title: t('shell.notices.quizReadyTitle'),
      message: job.title,
      failed: false,
      label: t('shell.notices.open'),
      go: () => void openQuizOf(queryClient, job),
    })
    return
  }
  show({
    title: t(notice.type === 'quiz-failed' ? 'shell.notices.quizFailedTitle' : 'shell.notices.needsYouTitle'),
    message: failure ? `${job.title}: ${t(`failures.${failure.code}.title`)}` : job.title,
    failed: true,
    label: t('shell.notices.seeWhy'),
    go: () => navigate('/jobs'),
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
