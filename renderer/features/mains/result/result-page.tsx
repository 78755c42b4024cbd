import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { MainsAnswerId } from '#contract/ids.ts'
import type { Evaluation, MainsAnswer } from '#contract/mains.ts'
import type { TextRange } from '#contract/search.ts'
import { PageFrame } from '../../../ui/page-frame.tsx'
import { PageWaiting } from '../../../ui/page-waiting.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { SourceList } from '../../ask/index.ts'
import { writePath } from '../mains-path.ts'
import { answerQuery } from '../mains-queries.ts'
import { CheckList } from './check-list.tsx'
import { LibraryPoints } from './library-points.tsx'
import { markPlaces } from './mark-places.ts'
import { ResultActions } from './result-actions.tsx'
import styles from './result-page.module.css'
import { RubricView } from './rubric-view.tsx'

/** /mains/answer/:answerId: an answer that was handed in, what the checks found, and what the library says. */
export function MainsResultPage() {
  const { t } = useTranslation()
  const params = useParams<{ answerId: string }>()
  const answerId = MainsAnswerId.parse(params.answerId || 'none')
  const query = useQuery(answerQuery(answerId))
  const answer = query.data
  if (answer?.evaluation) return <Result answer={answer} evaluation={answer.evaluation} />
  return (
    <PageFrame title={answer?.question.text ?? t('mains.result.title')} width="form">
      <PageWaiting
        query={query}
        height={320}
        failureTitle={t('mains.result.gone')}
        otherWay={{ href: '/mains?view=answers', label: t('mains.history.label') }}
      />
      {answer && (
        <Button component={Link} href={writePath(answerId)}>
          {t('mains.goOn')}
        </Button>
      )}
    </PageFrame>
  )
}

function Result({ answer, evaluation }: { answer: MainsAnswer; evaluation: Evaluation }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { question, text, wordCount, elapsedMs } = answer
  const [shown, setShown] = useState<{ key: string; places: readonly TextRange[] }>()
  const show = (key: string, places: readonly TextRange[]) =>
    setShown((before) => (before?.key === key ? undefined : { key, places }))
  const sheet = useRef<HTMLElement>(null)
  useEffect(() => {
    if (shown) sheet.current?.querySelector('mark')?.scrollIntoView({ block: 'nearest' })
  }, [shown])
  const asked = evaluation.checks.filter(({ verdict }) => verdict !== 'none')
  const met = asked.filter(({ verdict }) => verdict === 'met').length
  return (
    <PageFrame
      title={question.text}
      lead={
        <span className="tabular">
          {t('mains.result.shape', { marks: question.marks, words: wordCount, limit: question.wordLimit })} ·{' '}
          {t('mains.result.used', { used: format.duration(elapsedMs), minutes: question.minutes })}
        </span>
      }
      actions={<ResultActions answer={answer} />}
    >
      <p className={styles.summary} data-testid="mains-summary">
        <strong>{t('mains.result.met', { met, all: asked.length })}</strong> · {t('mains.result.noMark')}
      </p>
      <div className={styles.columns}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long answer is scrolled by the keyboard */}
        <section ref={sheet} className={styles.sheet} aria-labelledby="mains-answer" tabIndex={0}>
          <h2 id="mains-answer" className={styles.heading}>
            {t('mains.result.answer')}
          </h2>
          {text.trim() === '' ? (
            <p className={styles.blank}>{t('mains.result.blank')}</p>
          ) : (
            <div className={styles.answer} lang={question.language} data-testid="mains-text">
              {markPlaces(text, shown?.places ?? []).map((piece) =>
                piece.marked ? (
                  <mark key={piece.start}>{piece.text}</mark>
                ) : (
                  <span key={piece.start}>{piece.text}</span>
                ),
              )}
            </div>
          )}
        </section>
        <div className={styles.right}>
          <CheckList checks={evaluation.checks} shownKey={shown?.key} onShow={show} />
          <LibraryPoints points={evaluation.points} />
          <RubricView
            rubric={evaluation.rubric}
            answerId={answer.id}
            jobId={answer.jobId}
            shownKey={shown?.key}
            onShow={show}
          />
          {question.evidence.length > 0 && (
            <details className={styles.card}>
              <summary className={styles.made}>{t('mains.result.made')}</summary>
              <SourceList citations={question.evidence} />
            </details>
          )}
        </div>
      </div>
    </PageFrame>
  )
}
