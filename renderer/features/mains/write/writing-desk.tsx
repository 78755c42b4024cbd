import { Button, Modal } from '@mantine/core'
import { IconPlayerPause } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { countWords } from '#contract/count-words.ts'
import type { MainsAnswer } from '#contract/mains.ts'
import { client, failureOf } from '../../../client/index.ts'
import { navigate } from '../../../state/hash-location.ts'
import { usePageTitle } from '../../../state/page-title.ts'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { useLanguage } from '../../../ui/use-language.ts'
import { useTestClock } from '../../quiz/index.ts'
import { resultPath } from '../mains-path.ts'
import { directivesQuery, refreshMains } from '../mains-queries.ts'
import { useKeptText } from './use-kept-text.ts'
import { WordCount } from './word-count.tsx'
import { WritingClock } from './writing-clock.tsx'
import styles from './writing-desk.module.css'

/** An answer on screen: the question, the sheet, the words and the clock. */
export function WritingDesk({ answer }: { answer: MainsAnswer }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { question } = answer
  const answerId = answer.id
  usePageTitle(question.text)
  const [asking, setAsking] = useState(false)

  const submit = useMutation({
    mutationFn: async () => {
      save(text)
      await settled()
      return client.mains.submit({ answerId })
    },
    onSuccess: () => {
      void refreshMains(queryClient)
      navigate(resultPath(answerId), { replace: true })
    },
  })
  const clock = useTestClock({
    elapsedMs: answer.elapsedMs,
    // Writing goes on when the time is over, as its being over is a finding, not an end.
    durationMs: Number.MAX_SAFE_INTEGER,
    running: !submit.isPending && !submit.isSuccess,
    save: () => {},
    onTimeUp: () => {},
  })
  const { text, change, save, saving, settled } = useKeptText(answer, clock.readElapsedMs)
  // Each second is kept, whether a letter was typed in it or not.
  const second = Math.floor(clock.elapsedMs / 1000)
  const keepTime = useEffectEvent(() => save(text))
  useEffect(() => {
    if (second > 0) keepTime()
  }, [second])

  const words = countWords(text)
  const sheet = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const area = sheet.current
    area?.focus()
    area?.setSelectionRange(area.value.length, area.value.length)
  }, [])
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || asking) return
    event.preventDefault()
    setAsking(true)
  })
  useEffect(() => {
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  return (
    <div className={styles.desk}>
      <header className={styles.bar}>
        <p className={styles.facts}>
          {t('mains.shape', { marks: question.marks, words: question.wordLimit, minutes: question.minutes })}
        </p>
        <span className={styles.saved} data-failing={saving.isFailing || undefined} data-testid="mains-saved">
          {t(
            saving.isFailing
              ? 'mains.write.notSaved'
              : saving.unsavedCount > 0
                ? 'mains.write.saving'
                : 'mains.write.saved',
          )}
        </span>
        <WritingClock elapsedMs={clock.elapsedMs} minutes={question.minutes} />
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} />}
          title={t('mains.write.leaveHint')}
          onClick={() => {
            save(text)
            navigate('/mains')
          }}
        >
          {t('mains.write.leave')}
        </Button>
        <Button onClick={() => setAsking(true)}>{t('mains.write.handIn')}</Button>
      </header>
      <div className={styles.scroll}>
        <div className={styles.page}>
          <h1 className={styles.question} lang={question.language}>
            {question.text}
          </h1>
          <Demand directive={question.directive} />
          <textarea
            ref={sheet}
            className={styles.sheet}
            aria-label={t('mains.write.answer')}
            placeholder={t('mains.write.placeholder')}
            lang={question.language}
            spellCheck
            maxLength={100_000}
            value={text}
            onChange={(event) => change(event.currentTarget.value)}
          />
        </div>
      </div>
      <footer className={styles.footer}>
        <WordCount words={words} limit={question.wordLimit} />
        <span className={styles.keys}>{t('mains.write.keys')}</span>
      </footer>
      <Modal
        opened={asking}
        onClose={() => {
          submit.reset()
          setAsking(false)
        }}
        title={t('mains.write.confirmTitle')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <p className={styles.confirm}>{t('mains.write.confirmShort', { words, limit: question.wordLimit })}</p>
        <p className={styles.confirm}>{t('mains.write.confirmBody')}</p>
        {submit.error && <FailureNote failure={failureOf(submit.error)} title={t('mains.write.failed')} />}
        <div className={styles.actions}>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('mains.goOn')}
          </Button>
          <Button data-autofocus loading={submit.isPending} onClick={() => submit.mutate()}>
            {t('mains.write.handIn')}
          </Button>
        </div>
      </Modal>
    </div>
  )
}

/** What the question's directive asks for, beside the question it is in. */
function Demand({ directive }: { directive: string | undefined }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { data } = useQuery(directivesQuery())
  const known = data?.directives.find(({ id }) => id === directive)
  if (!data) return null
  return (
    <p className={styles.demand}>
      {known ? (
        <>
          <strong>{t('mains.write.demand', { directive: known.name[language] })}:</strong> {known.demand[language]}
        </>
      ) : (
        t('mains.write.noDirective')
      )}
    </p>
  )
}
