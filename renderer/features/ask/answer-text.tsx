import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '#contract/ask.ts'
import styles from './answer-text.module.css'
import { CiteLink } from './cite-link.tsx'
import { type AnswerBlock, layOutAnswer } from './lay-out-answer.ts'

/** The answer: its sentences, how well each is carried, and the numbers of the sources that carry it. */
export function AnswerText({ answer }: { answer: Pick<Answer, 'answer' | 'sentences' | 'citations'> }) {
  const blocks = layOutAnswer(answer)
  const byNumber = new Map(answer.citations.map((citation) => [citation.number, citation]))
  const sentence = ({ text, support, citations, index }: AnswerBlock['sentences'][number]) => (
    <span key={index} className={styles.sentence}>
      <SupportedText text={text} support={support} />
      {citations
        .toSorted((a, b) => a - b)
        .map((number) => {
          const citation = byNumber.get(number)
          // A word joiner: a number never begins a line of its own.
          return (
            citation && (
              <Fragment key={number}>
                {'\u2060'}
                <CiteLink citation={citation} />
              </Fragment>
            )
          )
        })}{' '}
    </span>
  )
  const groups = groupItems(blocks)
  return (
    <div className={styles.text} data-testid="answer">
      {groups.map((group) => {
        const key = group[0]?.sentences[0]?.index ?? 0
        if (group[0]?.kind !== 'item') return <p key={key}>{group[0]?.sentences.map(sentence)}</p>
        return (
          <ul key={key}>
            {group.map((item) => (
              <li key={item.sentences[0]?.index ?? 0}>{item.sentences.map(sentence)}</li>
            ))}
          </ul>
        )
      })}
    </div>
  )
}

function SupportedText({ text, support }: Pick<Answer['sentences'][number], 'text' | 'support'>) {
  const { t } = useTranslation()
  if (support === 'supported') return text
  return (
    <span className={styles[support]} title={t(`ask.support.${support}`)}>
      {text}
      <span className="visually-hidden"> ({t(`ask.support.${support}`)})</span>
    </span>
  )
}

/** Items that follow one another make one list. */
function groupItems(blocks: readonly AnswerBlock[]): AnswerBlock[][] {
  const groups: AnswerBlock[][] = []
  for (const block of blocks) {
    const last = groups.at(-1)
    if (block.kind === 'item' && last?.[0]?.kind === 'item') last.push(block)
    else groups.push([block])
  }
  return groups
}

/** What the underlines of the answer mean; one plain line where there are none. */
export function SupportLegend({ answer }: { answer: Answer }) {
  const { t } = useTranslation()
  const used = new Set(answer.sentences.map(({ support }) => support))
  if (used.size === 0) return null
  if (used.size === 1 && used.has('supported')) {
    return <p className={styles.legend}>{t('ask.support.all')}</p>
  }
  return (
    <ul className={styles.legend} aria-label={t('ask.support.legend')}>
      {(['supported', 'weak', 'unsupported'] as const)
        .filter((support) => used.has(support))
        .map((support) => (
          <li key={support} className={styles.legendItem}>
            <span className={styles[support]} aria-hidden>
              abc
            </span>
            {t(`ask.support.${support}`)}
          </li>
        ))}
    </ul>
  )
}
