/** The longest event that is taken in: beyond it, what is read is no stream of tokens. */
const MOST_EVENT_BYTES = 1_000_000

/**
 * The `data` of each event of a text/event-stream, as the HTML standard reads it: lines end with
 * \n, \r\n or \r; several data lines are one text; comments and other fields are passed over;
 * letters cut between two packets come whole. An event that the end cut off is not handed out.
 */
export async function* readServerEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  let data: string[] = []
  for await (const part of bytes) {
    rest += decoder.decode(part, { stream: true })
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(rest)
      if (!end) break
      const line = rest.slice(0, end.index)
      rest = rest.slice(end.index + end[0].length)
      if (line === '') {
        if (data.length > 0) yield data.join('\n')
        data = []
      } else if (line.startsWith('data:')) {
        data.push(line.slice(line[5] === ' ' ? 6 : 5))
      }
    }
    if (rest.length > MOST_EVENT_BYTES) throw new Error('An event of the stream is too long to be one.')
  }
}
