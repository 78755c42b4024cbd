import { Button, CopyButton } from '@mantine/core'
import { IconArrowForwardUp, IconCheck, IconCopy, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Answer } from '#contract/ask.ts'
import type { Failure } from '#contract/errors.ts'
import { useFormat } from '../../ui/use-format.ts'
import { readerPath } from '../reader/index.ts'
import { AnswerText, SupportLegend } from './answer-text.tsx'
import styles from './answer-view.module.css'
import { answeredBy } from './answered-by.ts'
import { answerAsText } from './conversation-text.ts'
import { PartialNote } from './partial-note.tsx'
import { PassageList } from './passage-list.tsx'
import { SourceList } from './source-list.tsx'
import { useAnswerWords } from './use-answer-words.ts'

/** A question with its answer, its sources, and who answered; or the plain statement that there is none. */
export function AnswerView(props: {
  answer: Answer
  /** Another answer is being made: this one can be read, not made anew. */
  busy: boolean
  onAgain(): void
  onContinue(): void
  onWiden?: (() => void) | undefined
}) {
  const { answer, busy, onAgain, onContinue, onWiden } = props
  const { t } = useTranslation()
  const words = useAnswerWords()
  return (
    <article className={styles.answer} aria-label={t('ask.answer.label')}>
      <div>
        <h2 className={styles.question} data-testid="question">
          {answer.question}
        </h2>
        {answer.asked && <UnderstoodAs asked={answer.asked} />}
        {answer.scope.selection && <SelectionNote selection={answer.scope.selection} />}
      </div>
      {answer.partial && <PartialNote answer={answer} busy={busy} onAgain={onAgain} onContinue={onContinue} />}
      {!answer.partial && answer.failure && <FellNote failure={answer.failure} />}
      {answer.refused ? (
        <Refusal answer={answer} onWiden={onWiden} />
      ) : (
        <>
          <AnswerText answer={answer} />
          <SupportLegend answer={answer} />
          {answer.citations.length > 0 && (
            <section>
              <h3 className={styles.heading}>{t('ask.answer.sources')}</h3>
              <SourceList citations={answer.citations} />
            </section>
          )}
        </>
      )}
      <footer className={styles.footer}>
        <EngineLine answer={answer} />
        <div className={styles.actions}>
          <CopyButton value={answerAsText(answer, words)}>
            {({ copied, copy }) => (
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                onClick={copy}
              >
                {t(copied ? 'ask.answer.copied' : 'ask.answer.copy')}
              </Button>
            )}
          </CopyButton>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconRefresh size={16} />}
            disabled={busy}
            onClick={onAgain}
          >
            {t('ask.answer.again')}
          </Button>
        </div>
      </footer>
    </article>
  )
}

/** A model was to write the answer and fell before its first word. */
function FellNote({ failure }: { failure: Failure }) {
  const { t } = useTranslation()
  return (
    <details className={styles.fell}>
      <summary>
        {t('failures.sentence', { title: t(`failures.${failure.code}.title`) })} {t('ask.answer.fell')}
      </summary>
      <p lang="en">{failure.message}</p>
    </details>
  )
}

/** A follow-up as it was completed from the turns before it. */
export function UnderstoodAs({ asked }: { asked: string }) {
  const { t } = useTranslation()
  return (
    <p className={styles.asked} data-testid="understood-as">
      <IconArrowForwardUp size={15} aria-hidden />
      {t('ask.answer.understoodAs', { asked })}
    </p>
  )
}

function SelectionNote({ selection }: { selection: NonNullable<Answer['scope']['selection']> }) {
  const { t } = useTranslation()
  const { documentId, page, text } = selection
  return (
    <p className={styles.asked}>
      <Link href={readerPath({ documentId, page })}>{t('ask.scope.selection', { page })}</Link>
      <q className={styles.selected}>{text}</q>
    </p>
  )
}

function Refusal({ answer, onWiden }: { answer: Answer; onWiden?: (() => void) | undefined }) {
  const { t } = useTranslation()
  return (
    <>
      <div className={styles.refusal} data-testid="refusal">
        <p className={styles.refusalTitle}>{t(answer.task ? 'ask.refused.explainTitle' : 'ask.refused.title')}</p>
        <p className={styles.refusalBody}>{t(answer.task ? 'ask.refused.explainBody' : 'ask.refused.body')}</p>
        {onWiden && (
          <Button size="xs" variant="default" mt={10} onClick={onWiden}>
            {t('ask.refused.widen')}
          </Button>
        )}
      </div>
      <section>
        <h3 className={styles.heading}>{t('ask.refused.nearest')}</h3>
        {answer.passages.length > 0 ? (
          <PassageList passages={answer.passages} />
        ) : (
          <p className={styles.none}>{t('ask.refused.none')}</p>
        )}
      </section>
    </>
  )
}

/** Which engine answered, always said. */
function EngineLine({ answer }: { answer: Answer }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <p className={styles.engine} data-testid="answered-by">
      {answeredBy(t, answer)} · {t('ask.answer.took', { duration: format.duration(Math.max(1000, answer.tookMs)) })} ·{' '}
      <time dateTime={new Date(answer.createdAtMs).toISOString()}>{format.dateTime(answer.createdAtMs)}</time>
    </p>
  )
}
