import { IconBookmarkFilled, IconCheck, IconMinus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { sourcesOf } from '#contract/quiz.ts'
import { pageName } from '../../ui/page-name.ts'
import { useFormat } from '../../ui/use-format.ts'
import { readerPath } from '../reader/index.ts'
import { KeyMenu } from './key-menu.tsx'
import { MakeCard } from './make-card.tsx'
import { optionLetter, QuestionBody } from './question-body.tsx'
import type { ReviewedQuestion } from './review-filter.ts'
import styles from './review-question.module.css'
import { useStyleName } from './use-styles.ts'

const ICONS = { correct: IconCheck, wrong: IconX, blank: IconMinus }

/** A question after the test: what was answered, what is right and why, and the page that says so. */
export function ReviewQuestion({ reviewed }: { reviewed: ReviewedQuestion }) {
  const { t, i18n } = useTranslation()
  const styleName = useStyleName()
  const format = useFormat()
  const { number, question, chosenIndex, marked, spentMs, outcome } = reviewed
  const { dropped } = question
  const sources = sourcesOf(question)
  const Icon = ICONS[outcome]
  return (
    <li className={styles.card} data-testid="review-question">
      <header className={styles.head}>
        <h2 className={styles.number}>{t('quiz.review.number', { number })}</h2>
        {dropped ? (
          <span className={styles.outcome} data-tone="blank">
            <IconMinus size={15} aria-hidden />
            {t(`quiz.key.why.${dropped}`)}
          </span>
        ) : (
          <span className={styles.outcome} data-tone={outcome}>
            <Icon size={15} aria-hidden />
            {t(`quiz.review.outcome.${outcome}`)}
            {question.keyVersion > 1 && ` (${t('quiz.key.corrected')})`}
          </span>
        )}
        {marked && (
          <span className={styles.mark}>
            <IconBookmarkFilled size={14} aria-hidden />
            {t('quiz.review.marked')}
          </span>
        )}
        <span className={styles.made}>
          {styleName(question.style)},{' '}
          {question.difficulty && `${t(`quiz.difficulty.${question.difficulty}`).toLocaleLowerCase(i18n.language)}, `}
          {t(`quiz.review.madeBy.${question.engine}`)}
          {spentMs > 0 && ` · ${format.duration(spentMs)}`}
        </span>
        <KeyMenu number={number} question={question} />
      </header>
      <QuestionBody question={question} />
      <ul className={styles.options}>
        {question.options.map((option, index) => {
          const isKey = index === question.answerIndex
          const isYours = index === chosenIndex
          const note = isKey
            ? t(isYours ? 'quiz.review.yoursAndKey' : 'quiz.review.key')
            : isYours
              ? t('quiz.review.yours')
              : undefined
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: options never change and may repeat
              key={index}
              className={styles.option}
              data-tone={isKey ? 'correct' : isYours ? 'wrong' : undefined}
            >
              <span className={styles.letter}>{optionLetter(index)}</span>
              <span className={styles.text}>{option}</span>
              {note && (
                <span className={styles.note}>
                  {isKey ? <IconCheck size={15} aria-hidden /> : <IconX size={15} aria-hidden />}
                  {note}
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {question.explanation && (
        <section className={styles.part}>
          <h3 className={styles.heading}>{t('quiz.review.explanation')}</h3>
          <p className={styles.explanation}>{question.explanation}</p>
        </section>
      )}
      {sources.length > 0 && (
        <section className={styles.part}>
          <h3 className={styles.heading}>{t('quiz.review.source')}</h3>
          {sources.map((each) => (
            <div key={`${each.documentId} ${each.page} ${each.startOffset}`} className={styles.source}>
              <blockquote className={styles.quote}>{each.quote}</blockquote>
              {each.lost && <p className={styles.lost}>{t('common.lostSource')}</p>}
              <p className={styles.place}>
                <span className={styles.title}>{each.title}</span>
                <Link href={readerPath(each)} className={styles.open} data-testid="question-source">
                  {t('quiz.review.open', { place: pageName(t, each) })}
                </Link>
              </p>
            </div>
          ))}
        </section>
      )}
      <footer className={styles.foot}>
        <MakeCard questionId={question.id} />
      </footer>
    </li>
  )
}
