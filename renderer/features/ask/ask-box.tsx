import { Button, CloseButton, Textarea } from '@mantine/core'
import { IconArrowUp, IconPlayerStopFilled } from '@tabler/icons-react'
import { type RefObject, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { ScopeFilter } from '../search/index.ts'
import styles from './ask-box.module.css'
import { useAskView } from './ask-view.ts'
import { EngineChoice } from './engine-choice.tsx'

/** As the contract has it. */
const LONGEST_QUESTION = 2000

/** The question, what to answer it from, and who answers. */
export function AskBox(props: {
  input: RefObject<HTMLTextAreaElement | null>
  busy: boolean
  stopping: boolean
  disabled: boolean
  /** In a conversation: the next question. */
  followsUp: boolean
  onAsk(question: string): void
  onStop(): void
}) {
  const { input, busy, stopping, disabled, followsUp, onAsk, onStop } = props
  const { t } = useTranslation()
  const hintId = useId()
  const { draft, engine, scope, selection, set } = useAskView()
  const question = draft.trim()
  const tooLong = question.length > LONGEST_QUESTION
  const narrowed = scope.documentIds.length + scope.collectionIds.length > 0
  const canAsk = question !== '' && !tooLong && !disabled
  const ask = () => {
    if (canAsk && !busy) onAsk(question)
  }
  return (
    <form
      className={styles.box}
      data-follows={followsUp || undefined}
      onSubmit={(event) => {
        event.preventDefault()
        ask()
      }}
    >
      <Textarea
        ref={input}
        classNames={{ input: styles.input ?? '' }}
        variant="unstyled"
        autosize
        minRows={followsUp ? 1 : 2}
        maxRows={8}
        value={draft}
        aria-label={t('ask.box.label')}
        aria-describedby={hintId}
        placeholder={t(followsUp ? 'ask.box.followUp' : 'ask.box.placeholder')}
        error={tooLong && t('ask.box.tooLong', { count: question.length })}
        disabled={disabled}
        onChange={(event) => set({ draft: event.currentTarget.value })}
        onKeyDown={(event) => {
          // While an input method composes a word, Enter belongs to it.
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          ask()
        }}
      />
      <div className={styles.row}>
        <div className={styles.scope}>
          {selection ? (
            <span className={styles.selection} title={selection.text}>
              <span className={styles.label}>{t('ask.scope.selection', { page: selection.page })}</span>
              <q className={styles.selected}>{selection.text}</q>
              <CloseButton size="xs" aria-label={t('ask.scope.letGo')} onClick={() => set({ selection: undefined })} />
            </span>
          ) : (
            <>
              <span className={styles.label}>{t(narrowed ? 'ask.scope.only' : 'ask.scope.all')}</span>
              <ScopeFilter scope={scope} onScope={(chosen) => set({ scope: chosen })} />
            </>
          )}
        </div>
        <span id={hintId} className={narrowed || selection ? 'visually-hidden' : styles.hint}>
          {t('ask.box.hint')}
        </span>
        {busy ? (
          <Button
            type="button"
            variant="default"
            leftSection={<IconPlayerStopFilled size={14} />}
            loading={stopping}
            onClick={onStop}
          >
            {t('ask.box.stop')}
          </Button>
        ) : (
          <Button type="submit" disabled={!canAsk} rightSection={<IconArrowUp size={16} />}>
            {t('ask.box.send')}
          </Button>
        )}
      </div>
      <div className={styles.engine}>
        <EngineChoice engine={engine} onEngine={(chosen) => set({ engine: chosen })} />
      </div>
    </form>
  )
}
