import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { MainsAnswer } from '#contract/mains.ts'
import { client } from '../../../client/index.ts'
import { keepText, type TextKeeper } from './keep-text.ts'

/** The text of an open answer: changed on screen at once, saved at once, with the time. */
export function useKeptText(
  answer: MainsAnswer,
  readElapsedMs: () => number,
): {
  text: string
  change(text: string): void
  /** Saves a text with the time as it is now. */
  save(text: string): void
  saving: { unsaved: boolean; failing: boolean }
  settled(): Promise<void>
} {
  const [text, setText] = useState(answer.text)
  const [saving, setSaving] = useState({ unsaved: false, failing: false })
  const keeper = useRef<TextKeeper>(undefined)
  // The keeper goes on counting where it was when the page is drawn anew.
  const revision = useRef(answer.revision)
  const { id: answerId } = answer
  useEffect(() => {
    const kept = keepText({
      revision: revision.current,
      send: (draft) => {
        revision.current = draft.revision
        return client.mains.save({ answerId, ...draft })
      },
      onChange: setSaving,
      sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    })
    keeper.current = kept
    return () => kept.stop()
  }, [answerId])
  // Only what is not on the disk yet is worth a question on leaving.
  useEffect(() => {
    if (!saving.failing) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [saving.failing])
  const save = useCallback(
    (current: string) => keeper.current?.save({ text: current, elapsedMs: Math.round(readElapsedMs()) }),
    [readElapsedMs],
  )
  return useMemo(
    () => ({
      text,
      saving,
      save,
      change(next) {
        setText(next)
        save(next)
      },
      settled: () => keeper.current?.settled() ?? Promise.resolve(),
    }),
    [text, saving, save],
  )
}
