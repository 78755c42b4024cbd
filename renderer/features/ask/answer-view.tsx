import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy, IconPlayerStop, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '#contract/ask.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { AnswerText, SupportLegend } from './answer-text.tsx'
import styles from './answer-view.module.css'
import { answerAsText } from './copy-answer.ts'
import { PassageList } from './passage-list.tsx'
import { SourceList } from './source-list.tsx'

/** A question with its answer, its sources, and who answered; or the plain statement that there is none. */
export function AnswerView(props: {
  answer: Answer
  onAgain(): void
  onWiden?: (() => void) | undefined
  onDelete(): void
}) {
  const { answer, onAgain, onWiden, onDelete } = props
  const { t } = useTranslation()
  return (
    <article className={styles.answer} aria-label={t('ask.answer.label')}>
      <h2 className={styles.question} data-testid="question">
        {answer.question}
      </h2>
      {answer.partial && (
        <p className={styles.partial}>
          <IconPlayerStop size={16} aria-hidden />
          {t('ask.answer.partial')}
        </p>
      )}
      {answer.failure && <FailureNote failure={answer.failure} />}
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
          <CopyButton
            value={answerAsText(answer, {
              sources: t('ask.answer.sources'),
              page: (page) => t('common.page', { page }),
            })}
          >
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
            onClick={onAgain}
          >
            {t('ask.answer.again')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={16} />}
            onClick={onDelete}
          >
            {t('ask.answer.delete')}
          </Button>
        </div>
      </footer>
    </article>
  )
}

function Refusal({ answer, onWiden }: { answer: Answer; onWiden?: (() => void) | undefined }) {
  const { t } = useTranslation()
  return (
    <>
      <div className={styles.refusal} data-testid="refusal">
        <p className={styles.refusalTitle}>{t('ask.refused.title')}</p>
        <p className={styles.refusalBody}>{t('ask.refused.body')}</p>
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
  const { engine, model, refused } = answer
  const who =
    engine === 'ollama'
      ? refused
        ? t('ask.answer.refusedByModel', { model: model ?? 'Ollama' })
        : model
          ? t('ask.answer.byModel', { model })
          : t('ask.answer.byModelUnnamed')
      : t(refused ? 'ask.answer.refusedBySentences' : 'ask.answer.bySentences')
  return (
    <p className={styles.engine} data-testid="answered-by">
      {who} · {t('ask.answer.took', { duration: format.duration(Math.max(1000, answer.tookMs)) })} ·{' '}
      <time dateTime={new Date(answer.createdAtMs).toISOString()}>{format.dateTime(answer.createdAtMs)}</time>
    </p>
  )
}
