import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { flat, OWN_TEXTS, readPassages, readQuestions, writeChapters } from './read-questions.ts'

it.each(OWN_TEXTS)('quotes of %s stand word for word in the passages that they were written on', (name) => {
  const texts = new Map(readPassages(name).map(({ id, text }) => [id, flat(text)]))
  for (const { source, question, quotes } of readQuestions(name)) {
    const text = texts.get(source)
    expect(text, question).toBeDefined()
    for (const quote of quotes) expect(text).toContain(flat(quote))
  }
})

it('asks no question twice', () => {
  const questions = (['xquad', 'constitution', ...OWN_TEXTS] as const).flatMap(readQuestions)
  expect(new Set(questions.map(({ question }) => question)).size).toBe(questions.length)
})

it('writes every passage once, under its chapter', () => {
  const dir = temporaryFolder()
  const paths = writeChapters(['civics', 'theory'], dir)
  expect(readdirSync(dir)).toHaveLength(paths.length)
  const written = paths.map((path) => readFileSync(path, 'utf8')).join('\n')
  for (const { text } of [...readPassages('civics'), ...readPassages('theory')]) {
    expect(written.split(text)).toHaveLength(2)
  }
})
