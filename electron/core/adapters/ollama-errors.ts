import { isCancelled, StudyError } from '../errors.ts'

/** The package's ResponseError, which it does not export. */
function isResponseError(error: unknown): error is Error & { status_code: number } {
  return error instanceof Error && error.name === 'ResponseError' && 'status_code' in error
}

/**
 * What went wrong with a call, as the port promises it. `began` is whether a part
 * of the reply was there already.
 */
export function explainOllamaError(
  error: unknown,
  { url, model, began }: { url: string; model: string; began: boolean },
): StudyError {
  if (error instanceof StudyError) return error
  if (isCancelled(error))
    return new StudyError('cancelled', 'Stopped. What was written so far is kept.', { cause: error })
  if (isResponseError(error)) return explainStatus(error, error.status_code, model)
  const code = connectionCode(error)
  if (!began && code !== undefined) return unreachable(url, code, error)
  const reason = error instanceof Error ? error.message : String(error)
  return new StudyError(
    'model-cut-off',
    `The model stopped in the middle of its answer (${reason}). What was written so far is kept. Try again.`,
    {
      cause: error,
    },
  )
}

function explainStatus(error: Error, status: number, model: string): StudyError {
  const reason = error.message
  const options = { cause: error }
  if (status === 404) {
    return new StudyError(
      'model-missing',
      `The model ${model} is not in Ollama. Run "ollama pull ${model}", or choose another model in Settings.`,
      options,
    )
  }
  if (status === 400 && /context|too long|exceed|input length/i.test(reason)) {
    return new StudyError(
      'prompt-too-long',
      'The question with its passages is longer than the model can read. Ask a shorter question.',
      options,
    )
  }
  if (status === 503 || status === 429) {
    return new StudyError(
      'model-busy',
      'Ollama has too much to do at the moment. Try again in a little while.',
      options,
    )
  }
  if (status === 401 || status === 403) {
    return new StudyError(
      'model-refused',
      `Ollama refused the request (${reason}). Check the address in Settings.`,
      options,
    )
  }
  if (status === 499) return new StudyError('model-cut-off', 'Ollama dropped the request. Try again.', options)
  if (status >= 500) {
    return new StudyError(
      'model-unreachable',
      `Ollama could not load ${model} (${reason}). It may need more memory than is free: close other programs, or choose a smaller model in Settings.`,
      options,
    )
  }
  return new StudyError('model-bad-output', `Ollama did not accept the request (${reason}).`, options)
}

/** Why /api/version or /api/tags gave nothing that Ollama would say, and the mend. */
export function explainForeignAnswer(
  error: unknown,
  url: string,
): { state: 'refused' | 'unreachable'; message: string } {
  if (isResponseError(error) && (error.status_code === 401 || error.status_code === 403)) {
    return {
      state: 'refused',
      message: `Ollama at ${url} refuses this computer's requests (${error.message}). Enter its address as http://127.0.0.1 with its port in Settings.`,
    }
  }
  return {
    state: 'unreachable',
    message: `What answers at ${url} is not Ollama: another program may have taken its port. Check the address in Settings.`,
  }
}

/** The system's name for a connection that could not be made; undefined for other errors. */
export function connectionCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (typeof code === 'string' && /^(?:E[A-Z]+|UND_ERR_\w+)$/.test(code)) return code
  }
  return undefined
}

/** Says which of the ways a connection can fail it was, and the mend on this system. */
export function unreachable(
  url: string,
  code: string,
  cause: unknown,
  platform: NodeJS.Platform = process.platform,
): StudyError {
  return new StudyError(
    'model-unreachable',
    `${whyUnreachable(url, code, platform)} Until then, answers are put together from sentences of your documents.`,
    { cause },
  )
}

function whyUnreachable(url: string, code: string, platform: NodeJS.Platform): string {
  const start =
    platform === 'win32'
      ? 'Start Ollama from the Start menu'
      : platform === 'darwin'
        ? 'Open the Ollama app'
        : 'Run "ollama serve" (or "systemctl start ollama")'
  if (code === 'ECONNREFUSED')
    return `Ollama does not answer at ${url}: it is not running or not installed. ${start}, or get it from ollama.com.`
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return `The address ${url} can't be used${platform === 'win32' ? ': Windows may have reserved its port' : ''}. Set OLLAMA_HOST to another port and enter it in Settings.`
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `No computer is found at ${url}. Check the address in Settings.`
  if (code === 'ETIMEDOUT') return `Ollama at ${url} takes too long to answer. ${start} again.`
  return `Ollama at ${url} closed the connection (${code}). ${start} again.`
}
