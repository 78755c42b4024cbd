import { Button } from '@mantine/core'
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearch } from 'wouter'
import { QuizId } from '#contract/ids.ts'
import { sourcesOf } from '#contract/quiz.ts'
import { orpc } from '../../client/index.ts'
import { PageFrame } from '../../ui/page-frame.tsx'
import { pageName } from '../../ui/page-name.ts'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useExams } from './exam-field.tsx'
import styles from './print-page.module.css'
import { optionLetter, QuestionBody } from './question-body.tsx'
import { quizQuery } from './quiz-queries.ts'
import { useMarks } from './use-marks.ts'

/** /quizzes/print/:quizId?key=1: the test as a paper, with its key on a page of its own. */
export function PrintPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const { signed } = useMarks()
  const params = useParams<{ quizId: string }>()
  const withKey = new URLSearchParams(useSearch()).get('key') === '1'
  const quizId = QuizId.parse(params.quizId || 'none')
  const query = useQuery(quizQuery(quizId))
  const questions = useQuery(orpc.quiz.questions.queryOptions({ input: { quizId }, staleTime: 0 }))
  const quiz = query.data
  const exam = useExams().find(({ id }) => id === quiz?.examId)
  const shown = questions.data?.filter(({ dropped }) => !dropped)
  return (
    <PageFrame
      title={quiz?.title ?? t('quiz.page.label')}
      width="form"
      actions={
        <div className={styles.actions}>
          <Button
            component={Link}
            href={`/quizzes/${encodeURIComponent(quizId)}`}
            variant="default"
            leftSection={<IconArrowLeft size={16} />}
          >
            {t('quiz.page.label')}
          </Button>
          <Button leftSection={<IconPrinter size={16} />} disabled={!shown} onClick={() => globalThis.print()}>
            {t('quiz.export.printNow')}
          </Button>
        </div>
      }
    >
      <PageWaiting query={quiz ? questions : query} height={480} />
      {quiz && shown && (
        <article className={styles.paper}>
          <p className={styles.rules}>
            {t('common.questions', { count: shown.length })} · {format.duration(quiz.durationMs)}
            {exam &&
              ` · ${t('quiz.review.scheme', {
                name: exam.name,
                correct: signed(exam.scheme.correctUnits),
                wrong: signed(exam.scheme.wrongUnits),
                blank: signed(exam.scheme.blankUnits),
              })}`}
          </p>
          <ol className={styles.questions}>
            {shown.map((question) => (
              <li key={question.id} className={styles.question}>
                <QuestionBody question={question} />
                <ul className={styles.options}>
                  {question.options.map((option, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: options never change and may repeat
                    <li key={index}>
                      {optionLetter(index)} {option}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ol>
          {withKey && (
            <section className={styles.key}>
              <h2>{t('quiz.export.key')}</h2>
              <ol className={styles.questions}>
                {shown.map((question) => (
                  <li key={question.id} className={styles.question}>
                    <strong>{optionLetter(question.answerIndex)}</strong> {question.explanation}
                    {sourcesOf(question).map((source) => (
                      <div key={`${source.documentId} ${source.page} ${source.startOffset}`} className={styles.source}>
                        {source.title}, {pageName(t, source)}
                      </div>
                    ))}
                  </li>
                ))}
              </ol>
            </section>
          )}
        </article>
      )}
    </PageFrame>
  )
}
