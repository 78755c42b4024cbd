import { describe, expect, it } from 'vitest'
import { openBeforeMigration } from '../testing/open-before-migration.ts'

/** A database as it was before quizzes, with a document in it. */
function databaseBeforeQuizzes() {
  const opened = openBeforeMigration('quizzes')
  opened.client.exec(
    "INSERT INTO documents (id, title, path, sha256, media_type, byte_size, status, created_at_ms, updated_at_ms) VALUES ('d', 'Polity', '/p.pdf', 'ab', 'application/pdf', 1, 'ready', 1, 1)",
  )
  return opened
}

const OLD_QUIZ =
  "INSERT INTO quizzes (id, title, style, engine, status, requested_count, dropped, duration_ms, seed, created_at_ms) VALUES ('q', 'Practice', 'mixed', 'rules', 'ready', 1, '{}', 72000, 1, 1)"
const QUIZ = OLD_QUIZ.replace('style,', 'style, exam_id, option_count,').replace("'mixed',", "'mixed', 'upsc-gs1', 4,")
/** As every version of the table takes it. */
const oldQuestion = (id: string, ordinal: number, seat: number) =>
  `INSERT INTO questions (id, quiz_id, ordinal, seat, style, engine, stem, statements, prompt, options, answer_index, explanation,
     document_id, document_path, document_title, page_number, quote, start_offset, end_offset, boxes, facts, answer, created_at_ms)
   VALUES ('${id}', 'q', ${ordinal}, ${seat}, 'cloze', 'rules', 's', '[]', '', '[]', 0, 'e', 'd', '/p.pdf', 'Polity', 1, 'quote', 0, 5, '[]', '[]', 'a', 1)`
const question = (...of: Parameters<typeof oldQuestion>) =>
  oldQuestion(...of)
    .replace('statements,', 'statements, labels,')
    .replace("'s', '[]',", "'s', '[]', '[]',")
const attempt = (id: string, submittedAtMs: number | null) =>
  `INSERT INTO attempts (id, quiz_id, scheme, question_count, duration_ms, started_at_ms, submitted_at_ms) VALUES ('${id}', 'q', '{}', 1, 72000, 1, ${submittedAtMs})`

describe('the tables of quizzes', () => {
  it('come to a database that holds a library, which stays as it is', () => {
    const { client, apply } = databaseBeforeQuizzes()
    apply()
    expect(client.prepare('SELECT title FROM documents').pluck().get()).toBe('Polity')
    client.exec(OLD_QUIZ)
    expect(client.prepare('SELECT status FROM quizzes').pluck().get()).toBe('ready')
  })

  it('are made anew for any style with every question, attempt and answer kept', () => {
    const { client, goBefore, apply } = databaseBeforeQuizzes()
    goBefore('question_styles')
    client.exec(OLD_QUIZ)
    client.exec(oldQuestion('one', 0, 0))
    client.exec(attempt('first', null))
    client.exec(
      "INSERT INTO responses (attempt_id, question_id, chosen_index, marked, changed_at_ms) VALUES ('first', 'one', 2, 0, 1)",
    )
    apply('question_styles')
    expect(client.prepare('SELECT style, exam_id, option_count FROM quizzes').get()).toEqual({
      style: 'mixed',
      exam_id: 'upsc-gs1',
      option_count: 4,
    })
    expect(client.prepare('SELECT id, labels, quote FROM questions').get()).toEqual({
      id: 'one',
      labels: '[]',
      quote: 'quote',
    })
    expect(client.prepare('SELECT chosen_index FROM responses').pluck().get()).toBe(2)
    expect(client.pragma('foreign_keys', { simple: true })).toBe(1)
    client.exec("UPDATE questions SET style = 'chronology'")
    client.exec('DELETE FROM quizzes')
    expect(client.prepare('SELECT count(*) FROM responses').pluck().get()).toBe(0)
  })

  it('come to know corrected keys and the time a question took, with every answer kept', () => {
    const { client, goBefore, apply } = databaseBeforeQuizzes()
    goBefore('question_keys')
    client.exec(QUIZ)
    client.exec(question('one', 0, 0))
    client.exec(attempt('first', null))
    client.exec(
      "INSERT INTO responses (attempt_id, question_id, chosen_index, marked, changed_at_ms) VALUES ('first', 'one', 2, 0, 1)",
    )
    apply('question_keys')
    expect(client.prepare('SELECT chosen_index, spent_ms FROM responses').get()).toEqual({
      chosen_index: 2,
      spent_ms: 0,
    })
    client.exec("INSERT INTO question_keys VALUES ('one', 2, NULL, 'dropped', 5)")
    client.exec('DELETE FROM quizzes')
    expect(client.prepare('SELECT count(*) FROM question_keys').pluck().get()).toBe(0)
  })

  it('come to be narrowed and to know how hard they are, with every quiz as it was', () => {
    const { client, goBefore, apply } = databaseBeforeQuizzes()
    goBefore('quiz_scopes')
    client.exec(QUIZ)
    client.exec(question('one', 0, 0))
    apply('quiz_scopes')
    expect(client.prepare('SELECT only_from, places, difficulty FROM quizzes').get()).toEqual({
      only_from: 'all',
      places: null,
      difficulty: 'exam',
    })
    expect(client.prepare('SELECT difficulty FROM questions').pluck().get()).toBeNull()
    expect(() => client.exec("UPDATE quizzes SET only_from = 'month'")).toThrow(/CHECK/)
    client.exec("INSERT INTO pages_read VALUES ('d', 1, 5)")
    client.exec('DELETE FROM documents')
    expect(client.prepare('SELECT count(*) FROM pages_read').pluck().get()).toBe(0)
  })

  it('come to count marks in 36ths, each score the same marks as before', () => {
    const { client, goBefore, apply } = databaseBeforeQuizzes()
    goBefore('mark_units')
    client.exec(QUIZ)
    client.exec(attempt('open', null))
    client.exec(attempt('done', 5))
    client.exec(
      `UPDATE attempts SET scheme = '{"name":"GS","correctSixths":12,"wrongSixths":-4,"blankSixths":0}';
       UPDATE attempts SET score = '{"scoreSixths":20,"maxSixths":60,"correctCount":2,"wrongCount":1,"blankCount":2}' WHERE id = 'done'`,
    )
    apply('mark_units')
    const rows = client.prepare('SELECT scheme, score FROM attempts ORDER BY id').all() as {
      scheme: string
      score: string | null
    }[]
    expect(rows.map(({ scheme, score }) => [JSON.parse(scheme), score && JSON.parse(score)])).toEqual([
      [
        { name: 'GS', correctUnits: 72, wrongUnits: -24, blankUnits: 0 },
        { scoreUnits: 120, maxUnits: 360, correctCount: 2, wrongCount: 1, blankCount: 2, droppedCount: 0 },
      ],
      [{ name: 'GS', correctUnits: 72, wrongUnits: -24, blankUnits: 0 }, null],
    ])
  })

  it('let a seat be filled once, and an attempt be open once', () => {
    const { client, apply } = databaseBeforeQuizzes()
    apply('question_styles')
    client.exec(QUIZ)
    client.exec(question('one', 0, 0))
    expect(() => client.exec(question('two', 1, 0))).toThrow(/UNIQUE/)
    client.exec(attempt('first', 5))
    client.exec(attempt('second', null))
    expect(() => client.exec(attempt('third', null))).toThrow(/UNIQUE/)
  })

  it('keep a question when its document is deleted, and nothing when its quiz is', () => {
    const { client, apply } = databaseBeforeQuizzes()
    apply('question_styles')
    client.exec(QUIZ)
    client.exec(question('one', 0, 0))
    client.exec(attempt('first', null))
    client.exec(
      "INSERT INTO responses (attempt_id, question_id, chosen_index, marked, changed_at_ms) VALUES ('first', 'one', 2, 0, 1)",
    )
    client.exec('DELETE FROM documents')
    expect(client.prepare('SELECT document_title FROM questions').pluck().get()).toBe('Polity')
    client.exec('DELETE FROM quizzes')
    const left = ['questions', 'attempts', 'responses'].map((table) =>
      client.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    )
    expect(left).toEqual([0, 0, 0])
  })
})
