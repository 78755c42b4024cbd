import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { MainsAnswer } from '#contract/mains.ts'
import { client } from '../../../client/index.ts'
import { type Keeper, keepSending, type Saving } from '../../../state/keep-sending.ts'

/** The text of an answer as it stands, and the time it was written in. */
interface Draft {
  text: string
  elapsedMs: number
}

/** The text of an open answer: changed on screen at once, saved at once, with the time. */
export function useKeptText(
  answer: MainsAnswer,
  readElapsedMs: () => number,
): {
  text: string
  change(text: string): void
  /** Saves a text with the time as it is now. */
  save(text: string): void
  saving: Saving
  settled(): Promise<void>
} {
  const [text, setText] = useState(answer.text)
  const [saving, setSaving] = useState<Saving>({ unsavedCount: 0, isFailing: false })
  const keeper = useRef<Keeper<Draft>>(undefined)
  // The keeper goes on counting where it was when the page is drawn anew.
  const revision = useRef(answer.revision)
  const { id: answerId } = answer
  useEffect(() => {
    const kept = keepSending<Draft>({
      keyOf: () => answerId,
      // Each try has a number of its own: a late one never takes the place of a newer text.
      send: (draft) => client.mains.save({ answerId, ...draft, revision: ++revision.current }),
      onChange: setSaving,
      sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    })
    keeper.current = kept
    return () => kept.stop()
  }, [answerId])
  // Only what is not on the disk yet is worth a question on leaving.
  useEffect(() => {
    if (!saving.isFailing) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [saving.isFailing])
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
