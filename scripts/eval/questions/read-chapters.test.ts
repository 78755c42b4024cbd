import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { temporaryFolder } from '#core/testing/temporary-folder.ts'
import { isHeldOut, parseChapters, readChapters, writeChapter } from './read-chapters.ts'
import { OWN_TEXTS, readQuestions } from './read-questions.ts'

const TEXT = `# The First Cities
## How the towns were laid out
1 Most towns had two parts.
2 The western one stood on a platform.
? how many parts had a town => 1
? What stood higher? => 2
? Who ruled them? => -
## 7. Power to close a gate
1 (1) The Council may close a gate—
2 (a) at night; and
? when may it be shut => 2
# Another
## One
1 It has one sentence.
? Has it two? => 1
`

it('reads chapters, their passages, and what answers each question', () => {
  const chapters = parseChapters('cities', TEXT)
  expect(chapters.map(({ id, title, passages }) => [id, title, passages.length])).toEqual([
    ['cities:0', 'The First Cities', 2],
    ['cities:1', 'Another', 1],
  ])
  expect(chapters[0]?.questions).toEqual([
    { source: 'cities:0', question: 'how many parts had a town', quotes: ['Most towns had two parts.'] },
    { source: 'cities:0', question: 'What stood higher?', quotes: ['The western one stood on a platform.'] },
    { source: 'cities:0', question: 'Who ruled them?', quotes: [] },
    { source: 'cities:0', question: 'when may it be shut', quotes: ['(a) at night; and'] },
  ])
})

it.each([
  ['a sentence out of its turn', '# A\n## B\n2 It is the second.'],
  ['a sentence that is not there', '# A\n## B\n1 It is the first.\n? which => 2'],
  ['a question that does not say what answers it', '# A\n## B\n1 It is the first.\n? which'],
  ['a passage outside of a chapter', '## B'],
])('says where %s stands', (_, text) => expect(() => parseChapters('cities', text)).toThrow(/cities/))

it('writes a chapter as a document, a law’s clauses in lines of their own', () => {
  const [chapter] = parseChapters('cities', TEXT)
  if (!chapter) throw new Error('it has a chapter')
  expect(readFileSync(writeChapter(chapter, temporaryFolder()), 'utf8')).toBe(`# The First Cities

## How the towns were laid out

Most towns had two parts. The western one stood on a platform.

## 7. Power to close a gate

(1) The Council may close a gate—

(a) at night; and
`)
})

it('asks no question of the chapters twice, nor one of the other files', () => {
  const chapters = readChapters()
  const questions = [
    ...chapters.flatMap((chapter) => chapter.questions),
    ...(['xquad', 'constitution', ...OWN_TEXTS] as const).flatMap(readQuestions),
  ].map(({ question }) => question)
  const twice = questions.filter((question, i) => questions.indexOf(question) !== i)
  expect(twice).toEqual([])
  expect(chapters.some(isHeldOut)).toBe(true)
})
