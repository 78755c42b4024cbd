import { Button, Modal } from '@mantine/core'
import {
  IconBookmark,
  IconBookmarkFilled,
  IconChevronLeft,
  IconChevronRight,
  IconEraser,
  IconPlayerPause,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QuestionId } from '#contract/ids.ts'
import type { Attempt, OpenQuestion, QuizSummary } from '#contract/quiz.ts'
import { client, failureOf } from '../../../client/index.ts'
import { navigate } from '../../../state/hash-location.ts'
import type { Saving } from '../../../state/keep-sending.ts'
import { usePageTitle } from '../../../state/page-title.ts'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { QuestionBody } from '../question-body.tsx'
import { refreshQuizzes } from '../quiz-queries.ts'
import { attemptAction } from './attempt-keys.ts'
import { countResponses, firstBlank, paletteOf } from './attempt-state.ts'
import styles from './open-test.module.css'
import { OptionList } from './option-list.tsx'
import { QuestionPalette } from './question-palette.tsx'
import { SubmitDialog } from './submit-dialog.tsx'
import { TimeLeft } from './time-left.tsx'
import { useResponses } from './use-responses.ts'
import { useTestClock } from './use-test-clock.ts'

/** A test on screen: one question at a time, the clock, and the palette of all of them. */
export function OpenTest(props: { quiz: QuizSummary; attempt: Attempt; questions: readonly OpenQuestion[] }) {
  const { quiz, attempt, questions } = props
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  usePageTitle(quiz.title)
  const attemptId = attempt.id
  const [dialog, setDialog] = useState(false)
  const top = useRef<HTMLHeadingElement>(null)

  const submit = useMutation({
    mutationFn: async () => {
      await answers.settled()
      return client.quiz.submit({ attemptId, elapsedMs: Math.round(clock.readElapsedMs()) })
    },
    onSuccess: () => {
      void refreshQuizzes(queryClient)
      navigate(`/quizzes/review/${encodeURIComponent(attemptId)}`, { replace: true })
    },
  })
  const [timeIsUp, setTimeIsUp] = useState(attempt.elapsedMs >= attempt.durationMs)
  const clock = useTestClock({
    elapsedMs: attempt.elapsedMs,
    durationMs: attempt.durationMs,
    running: !submit.isPending && !submit.isSuccess,
    // A time not saved is saved five seconds later; the answers carry it too.
    save: (elapsedMs) => void client.quiz.tick({ attemptId, elapsedMs: Math.round(elapsedMs) }).catch(() => {}),
    onTimeUp: () => {
      setTimeIsUp(true)
      setDialog(false)
      submit.mutate()
    },
  })
  const answers = useResponses(attempt, questions, clock.readElapsedMs)
  const { responses, change, saving } = answers

  const [index, setIndex] = useState(() => firstBlank(responses))
  const [seen, setSeen] = useState<ReadonlySet<QuestionId>>(
    () => new Set(attempt.responses.map(({ questionId }) => questionId)),
  )
  const question = questions[index]
  const questionId = question?.id
  useEffect(() => {
    if (questionId) setSeen((before) => (before.has(questionId) ? before : new Set(before).add(questionId)))
  }, [questionId])

  // The time a question was in view, by the test's own clock: it stands while the app is closed.
  const shownAtMs = useRef(attempt.elapsedMs)
  const countTime = () => {
    const nowMs = clock.readElapsedMs()
    const spent = question && responses.get(question.id)?.spentMs
    if (question) change(question.id, { spentMs: Math.round((spent ?? 0) + Math.max(0, nowMs - shownAtMs.current)) })
    shownAtMs.current = nowMs
  }
  const goTo = (next: number) => {
    if (next < 0 || next >= questions.length || next === index) return
    countTime()
    setIndex(next)
    // Read out and scrolled to: the question is what changed.
    top.current?.focus()
  }
  const response = questionId && responses.get(questionId)
  const act = (event: KeyboardEvent) => {
    if (event.defaultPrevented || dialog || timeIsUp || !question || !response) return
    const { target } = event
    const isField =
      target instanceof HTMLElement && target.matches('textarea, [contenteditable], input:not([type="radio"])')
    // Arrows move between the options where they have the focus, and between questions elsewhere.
    const isOption = target instanceof HTMLInputElement && target.type === 'radio'
    if (isField || (isOption && event.key.startsWith('Arrow'))) return
    if (document.querySelector('[role="dialog"], [role="menu"]')) return
    const action = attemptAction(event, question.options.length)
    if (!action) return
    event.preventDefault()
    if (action.type === 'choose') change(question.id, { chosenIndex: action.index })
    else if (action.type === 'clear') change(question.id, { chosenIndex: null })
    else if (action.type === 'mark') change(question.id, { marked: !response.marked })
    else goTo(index + (action.type === 'next' ? 1 : -1))
  }
  const onKey = useEffectEvent(act)
  useEffect(() => {
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  if (!question || !response) return null
  const counts = countResponses(responses)
  const leftMs = attempt.durationMs - clock.elapsedMs
  return (
    <div className={styles.test}>
      <header className={styles.bar}>
        <h1 className={styles.title} title={quiz.title}>
          {quiz.title}
        </h1>
        <SaveNote saving={saving} />
        <TimeLeft leftMs={leftMs} durationMs={attempt.durationMs} />
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} />}
          title={t('quiz.attempt.leaveHint')}
          onClick={() => navigate(`/quizzes/${encodeURIComponent(quiz.id)}`)}
        >
          {t('quiz.attempt.leave')}
        </Button>
        <Button onClick={() => setDialog(true)}>{t('quiz.attempt.submit')}</Button>
      </header>
      <div className={styles.columns}>
        <section className={styles.question} aria-labelledby="test-question">
          <div className={styles.scroll}>
            <div className={styles.sheet}>
              <h2 id="test-question" ref={top} className={styles.number} tabIndex={-1}>
                {t('quiz.attempt.question', { number: index + 1, total: questions.length })}
              </h2>
              <QuestionBody question={question} />
              <OptionList
                key={question.id}
                name={question.id}
                label={t('quiz.attempt.options', { number: index + 1 })}
                options={question.options}
                chosenIndex={response.chosenIndex}
                onChoose={(chosenIndex) => change(question.id, { chosenIndex })}
              />
            </div>
          </div>
          <footer className={styles.footer}>
            <div className={styles.tools}>
              <Button
                variant={response.marked ? 'light' : 'default'}
                leftSection={response.marked ? <IconBookmarkFilled size={16} /> : <IconBookmark size={16} />}
                aria-pressed={response.marked}
                onClick={() => change(question.id, { marked: !response.marked })}
              >
                {t(response.marked ? 'quiz.attempt.unmark' : 'quiz.attempt.mark')}
              </Button>
              <Button
                variant="default"
                leftSection={<IconEraser size={16} />}
                disabled={response.chosenIndex === null}
                onClick={() => change(question.id, { chosenIndex: null })}
              >
                {t('quiz.attempt.clear')}
              </Button>
            </div>
            <div className={styles.tools}>
              <Button
                variant="default"
                leftSection={<IconChevronLeft size={16} />}
                disabled={index === 0}
                onClick={() => goTo(index - 1)}
              >
                {t('quiz.attempt.previous')}
              </Button>
              {index < questions.length - 1 ? (
                <Button rightSection={<IconChevronRight size={16} />} onClick={() => goTo(index + 1)}>
                  {t('quiz.attempt.next')}
                </Button>
              ) : (
                <Button onClick={() => setDialog(true)}>{t('quiz.attempt.submit')}</Button>
              )}
            </div>
          </footer>
        </section>
        <aside className={styles.side}>
          <QuestionPalette entries={paletteOf(responses, seen)} current={index} counts={counts} onGo={goTo} />
          <p className={styles.keys}>{t('quiz.attempt.keys')}</p>
        </aside>
      </div>
      <SubmitDialog
        opened={dialog && !timeIsUp}
        counts={counts}
        leftMs={leftMs}
        busy={submit.isPending}
        failure={submit.error ? failureOf(submit.error) : undefined}
        onSubmit={() => {
          countTime()
          submit.mutate()
        }}
        onClose={() => {
          submit.reset()
          setDialog(false)
        }}
      />
      <Modal
        opened={timeIsUp}
        onClose={() => {}}
        withCloseButton={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
        title={t('quiz.attempt.timeUp.title')}
      >
        <p className={styles.timeUp}>{t('quiz.attempt.timeUp.body')}</p>
        {submit.error && (
          <FailureNote
            failure={failureOf(submit.error)}
            title={t('quiz.submit.failed')}
            actions={
              <Button size="xs" variant="default" onClick={() => submit.mutate()}>
                {t('common.retry')}
              </Button>
            }
          />
        )}
      </Modal>
    </div>
  )
}

/** Whether every answer is safe: said plainly when it is not. */
function SaveNote({ saving }: { saving: Saving }) {
  const { t } = useTranslation()
  return (
    <span className={styles.saved} data-failing={saving.isFailing || undefined} role="status">
      {saving.isFailing
        ? t('quiz.attempt.notSaved', { count: saving.unsavedCount })
        : saving.unsavedCount > 0
          ? t('quiz.attempt.saving')
          : t('quiz.attempt.saved')}
    </span>
  )
}
