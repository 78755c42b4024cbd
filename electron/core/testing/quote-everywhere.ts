import type { Answer, Citation } from '#contract/ask.ts'
import { AnswerId, ConversationId, type DocumentId } from '#contract/ids.ts'
import { findTurn } from '../store/conversations.rows.ts'
import type { Store } from '../store/open-store.ts'

/**
 * An answer, a summary, questions, cards and Mains practice that quote sentences of a page, written straight into the tables; and what
 * has become of each since.
 */
export function quoteEverywhere(
  store: Store,
  page: { documentId: DocumentId; path: string; title: string; pageNumber: number; text: string },
  quotes: readonly string[],
) {
  const { documentId, path, title, pageNumber, text } = page
  const at = (quote: string) => ({ startOffset: text.indexOf(quote), endOffset: text.indexOf(quote) + quote.length })
  const citations = quotes.map(
    (quote, index): Citation => ({
      number: index + 1,
      documentId,
      path,
      title,
      page: pageNumber,
      quote,
      ...at(quote),
      boxes: [],
    }),
  )
  const answer = { id: 'turn', question: 'Who?', citations, passages: [] } as unknown as Answer
  store.transaction((db) => {
    const run = (sql: string, ...values: unknown[]) => db.$client.prepare(sql).run(...values)
    run("INSERT INTO conversations (id, title, created_at_ms, updated_at_ms) VALUES ('talk', 'Who?', 1, 1)")
    run(
      "INSERT INTO turns (id, conversation_id, ordinal, question, answer, created_at_ms) VALUES ('turn', 'talk', 0, 'Who?', ?, 1)",
      JSON.stringify({ ...answer, conversationId: ConversationId.parse('talk') }),
    )
    run(
      `INSERT INTO quizzes (id, title, style, exam_id, option_count, engine, status, requested_count, dropped, duration_ms, seed, created_at_ms)
       VALUES ('quiz', 'Quiz', 'mixed', 'upsc-gs1', 4, 'rules', 'ready', 3, '{}', 1, 1, 1)`,
    )
    run(
      `INSERT INTO briefs (id, kind, title, document_ids, engine, status, sections, citations, created_at_ms)
       VALUES ('brief', 'summary', 'Brief', '[]', 'extractive', 'ready', '[]', ?, 1)`,
      JSON.stringify(citations),
    )
    run(
      `INSERT INTO mains_questions (id, text, text_key, language, marks, word_limit, minutes, origin, evidence, created_at_ms)
       VALUES ('mains', 'Discuss.', 'discuss', 'en', 10, 150, 7, 'rules', ?, 1)`,
      JSON.stringify(citations),
    )
    const points = citations.map((citation) => ({ citation, covered: false }))
    run(
      `INSERT INTO mains_answers (id, question_id, text, started_at_ms, saved_at_ms, submitted_at_ms, evaluation)
       VALUES ('written', 'mains', 'It is so.', 1, 1, 1, ?)`,
      JSON.stringify({
        checks: [],
        points: { state: 'done', points },
        rubric: { state: 'none', points: [], droppedCount: 0 },
      }),
    )
    quotes.forEach((quote, index) => {
      const { startOffset, endOffset } = at(quote)
      run(
        `INSERT INTO questions (id, quiz_id, ordinal, seat, style, engine, stem, statements, labels, prompt, options, answer_index,
           explanation, document_id, document_path, document_title, page_number, quote, start_offset, end_offset, boxes, facts, answer, created_at_ms)
         VALUES (?, 'quiz', ?, ?, 'cloze', 'rules', 's', '[]', '[]', '', '[]', 0, 'e', ?, ?, ?, ?, ?, ?, ?, '[]', '[]', 'a', 1)`,
        `q${index}`,
        index,
        index,
        documentId,
        path,
        title,
        pageNumber,
        quote,
        startOffset,
        endOffset,
      )
      run(
        `INSERT INTO cards (id, front, back, kind, engine, document_id, document_title, document_path, page_number, quote,
           start_offset, end_offset, created_at_ms, updated_at_ms)
         VALUES (?, 'f', 'b', 'cloze', 'rules', ?, ?, ?, ?, ?, ?, ?, 1, 1)`,
        `c${index}`,
        documentId,
        title,
        path,
        pageNumber,
        quote,
        startOffset,
        endOffset,
      )
    })
  })
  const cited = () => findTurn(store.reader, AnswerId.parse('turn'))?.citations ?? []
  const asked = () =>
    store.reader.$client
      .prepare(
        'SELECT quote, start_offset AS startOffset, end_offset AS endOffset, source_lost AS lost FROM questions ORDER BY ordinal',
      )
      .all() as { quote: string; startOffset: number; endOffset: number; lost: number }[]
  const lostOf = (sql: string) => store.reader.$client.prepare(sql).pluck().all()
  const cards = () => lostOf('SELECT source_lost FROM cards ORDER BY id')
  const citationsIn = (sql: string) => JSON.parse(lostOf(sql)[0] as string) as Citation[]
  const briefed = () => citationsIn('SELECT citations FROM briefs').map(({ lost }) => lost ?? false)
  /** What a Mains question was made from, then what the library said on an answer to it. */
  const practised = () => [
    ...citationsIn('SELECT evidence FROM mains_questions'),
    ...(
      JSON.parse(lostOf('SELECT evaluation FROM mains_answers')[0] as string) as {
        points: { points: { citation: Citation }[] }
      }
    ).points.points.map(({ citation }) => citation),
  ]
  return { cited, asked, cards, briefed, practised }
}
