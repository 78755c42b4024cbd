import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { QuizSummary } from '#contract/quiz.ts'
import { orpc } from '../../client/index.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { readerPath } from '../reader/index.ts'
import styles from './quiz-facts.module.css'
import { useMarks } from './use-marks.ts'
import { useStyleName } from './use-styles.ts'

/** What a quiz is made of and by whom. */
export function QuizFacts({ quiz }: { quiz: QuizSummary }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const styleName = useStyleName()
  const format = useFormat()
  const { marks } = useMarks()
  const { data: documents = [] } = useQuery(orpc.documents.list.queryOptions())
  const { syllabusId } = quiz
  const { data: head } = useQuery({
    ...orpc.syllabus.tree.queryOptions({ input: {}, staleTime: 60_000, enabled: syllabusId !== undefined }),
    select: ({ papers }) => papers.flatMap(({ nodes }) => nodes).find(({ id }) => id === syllabusId),
  })
  const byId = new Map(documents.map((document) => [document.id, document]))
  const { lastAttempt } = quiz
  return (
    <aside className={styles.facts} aria-label={t('quiz.page.facts')}>
      <dl>
        <dt>{t('quiz.page.asked')}</dt>
        <dd className="tabular">
          {quiz.questionCount === quiz.requestedCount
            ? format.number(quiz.questionCount)
            : t('quiz.page.askedOf', { count: quiz.questionCount, total: quiz.requestedCount })}
          {quiz.droppedCount > 0 && (
            <span className={styles.dropped}>{t('quiz.page.dropped', { count: quiz.droppedCount })}</span>
          )}
        </dd>
        <dt>{t('quiz.page.style')}</dt>
        <dd>{styleName(quiz.style)}</dd>
        {quiz.difficulty !== 'exam' && (
          <>
            <dt>{t('quiz.difficulty.label')}</dt>
            <dd>{t(`quiz.difficulty.${quiz.difficulty}`)}</dd>
          </>
        )}
        {quiz.only !== 'all' && (
          <>
            <dt>{t('quiz.create.only.label')}</dt>
            <dd>{t(`quiz.create.only.${quiz.only}`)}</dd>
          </>
        )}
        {head && (
          <>
            <dt>{t('quiz.create.syllabus.label')}</dt>
            <dd>{head.name[language]}</dd>
          </>
        )}
        <dt>{t('quiz.page.time')}</dt>
        <dd>{format.duration(quiz.durationMs)}</dd>
        {lastAttempt && (
          <>
            <dt>{t('quiz.page.lastScore')}</dt>
            <dd className="tabular">
              {t('quiz.list.score', { score: marks(lastAttempt.scoreUnits), max: marks(lastAttempt.maxUnits) })}
            </dd>
          </>
        )}
        <dt>{t('quiz.page.from')}</dt>
        <dd>
          <ul className={styles.documents}>
            {quiz.documentIds.map((id) => {
              const document = byId.get(id)
              return (
                <li key={id}>
                  {document ? (
                    <Link href={readerPath({ documentId: id, page: 1 })}>{document.title}</Link>
                  ) : (
                    <span className={styles.gone}>{t('quiz.page.goneDocument')}</span>
                  )}
                </li>
              )
            })}
          </ul>
        </dd>
        <dt>{t('quiz.page.made')}</dt>
        <dd>{format.dateTime(quiz.createdAtMs)}</dd>
      </dl>
      <p className={styles.engine} data-testid="made-by">
        {t(`quiz.engine.by.${quiz.engine}`)}
      </p>
    </aside>
  )
}
