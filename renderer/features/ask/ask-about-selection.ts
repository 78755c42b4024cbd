import type { Selection } from '#contract/ask.ts'
import { navigate } from '../../state/hash-location.ts'
import { useAskView } from './ask-view.ts'

/** Opens the question box on a stretch marked in the reader, which alone is then asked. */
export function askAboutSelection(selection: Selection): void {
  useAskView.getState().set({ selection, draft: '' })
  navigate('/ask')
}
