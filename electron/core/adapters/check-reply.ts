import { StudyError } from '../errors.ts'

const MOST_BLANKS = 200

/** Whether the stream has fallen into writing blanks for ever, as a small model can in the midst of JSON. */
export function wroteOnlyBlanks(reply: string): boolean {
  return /\s*$/.exec(reply.slice(-MOST_BLANKS))?.[0].length === MOST_BLANKS
}

/** Throws `prompt-too-long` or `model-bad-output` when a reply that should be JSON is not whole. */
export function checkJson(reply: string, reachedLimit: boolean, contextFull: boolean): void {
  if (reachedLimit && contextFull) {
    throw new StudyError(
      'prompt-too-long',
      'The question with its passages left too little room for the reply. Ask for less at once.',
    )
  }
  if (reachedLimit) {
    throw new StudyError(
      'model-bad-output',
      'The reply did not fit into its limit, so its data is not whole. Ask for less.',
    )
  }
  try {
    JSON.parse(reply)
  } catch (cause) {
    throw new StudyError('model-bad-output', 'The model did not keep to the form it was asked for.', { cause })
  }
}
