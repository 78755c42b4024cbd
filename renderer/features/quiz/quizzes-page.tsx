import { Button } from '@mantine/core'
import { IconClipboardList, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { QuizSummary } from '#contract/quiz.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { useNow } from '../../ui/use-now.ts'
import { DeleteQuizDialog } from './delete-quiz-dialog.tsx'
import { ImportQuestions } from './import-questions.tsx'
import { quizzesQuery } from './quiz-queries.ts'
import { QuizRow } from './quiz-row.tsx'
import styles from './quizzes-page.module.css'

/** /quizzes: every quiz, what became of it, and the way on. */
export function QuizzesPage() {
  const { t } = useTranslation()
  const nowMs = useNow()
  const query = useQuery(quizzesQuery())
  const quizzes = query.data
  const [deleting, setDeleting] = useState<QuizSummary>()
  const make = (
    <Button component={Link} href="/quizzes/new" leftSection={<IconPlus size={16} />}>
      {t('quiz.new')}
    </Button>
  )
  const actions = (
    <>
      <ImportQuestions />
      {make}
    </>
  )
  return (
    <PageFrame title={t('quiz.title')} lead={t('quiz.lead')} actions={quizzes?.length ? actions : undefined}>
      <PageWaiting query={query} height={160} failureTitle={t('quiz.list.failed')} />
      {quizzes?.length === 0 && (
        <EmptyState
          icon={<IconClipboardList size={26} />}
          title={t('quiz.list.empty.title')}
          body={t('quiz.list.empty.body')}
          actions={
            <>
              {make}
              <ImportQuestions />
            </>
          }
        />
      )}
      {quizzes && quizzes.length > 0 && (
        <ul className={styles.list} aria-label={t('quiz.list.label')}>
          {quizzes.map((quiz) => (
            <QuizRow key={quiz.id} quiz={quiz} nowMs={nowMs} onDelete={() => setDeleting(quiz)} />
          ))}
        </ul>
      )}
      <DeleteQuizDialog quiz={deleting} onClose={() => setDeleting(undefined)} />
    </PageFrame>
  )
}
