import type { Selection } from '#contract/ask.ts'
import { navigate } from '../../state/hash-location.ts'
import { useAskView } from './ask-view.ts'
import { useAsking } from './use-asking.ts'

/** Opens the question box on a stretch marked in the reader, which alone is then asked. */
export function askAboutSelection(selection: Selection): void {
  useAskView.getState().set({ selection, draft: '' })
  navigate('/ask')
}

/** Has a stretch marked in the reader explained, in a conversation of its own. `question` is how the turn is called. */
export function explainSelection(selection: Selection, question: string): void {
  const { engine } = useAskView.getState()
  useAsking.getState().ask({
    question,
    engine,
    scope: { documentIds: [], collectionIds: [] },
    selection,
    task: 'explain',
  })
  navigate('/ask')
}
