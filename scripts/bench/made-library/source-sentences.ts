import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { splitSentences } from '#core/ingest/split-sentences.ts'
import { corpusFile } from '#core/testing/corpus.ts'
import { GEOGRAPHY, HISTORY, POLITY } from '#core/testing/study-prose.ts'

const SAMPLE_DIR = fileURLToPath(new URL('../../../resources/sample-library/', import.meta.url))

/**
 * English sentences to make passages of, grouped by what they are about: the Constitution
 * and SQuAD's paragraphs where the corpus is beside the checkout, else the sample library and the tests' prose.
 */
export function readSourceSentences(): { name: string; groups: string[][] } {
  const texts = corpusTexts()
  const groups = (texts ?? ownTexts()).map(sentencesOf).filter((sentences) => sentences.length >= 3)
  return { name: texts ? 'corpus' : 'own', groups }
}

/** Questions as people asked them, in English; undefined without the corpus. */
export function readSourceQuestions(): string[] | undefined {
  const squad = corpusFile('text', 'xquad.en.json')
  if (!squad) return undefined
  const { data } = JSON.parse(readFileSync(squad, 'utf8')) as {
    data: { paragraphs: { qas: { question: string }[] }[] }[]
  }
  return data.flatMap(({ paragraphs }) => paragraphs.flatMap(({ qas }) => qas.map(({ question }) => question)))
}

function corpusTexts(): string[] | undefined {
  const squad = corpusFile('text', 'xquad.en.json')
  const constitution = corpusFile('text', 'constitution_of_india.json')
  if (!squad || !constitution) return undefined
  const { data } = JSON.parse(readFileSync(squad, 'utf8')) as { data: { paragraphs: { context: string }[] }[] }
  const articles = JSON.parse(readFileSync(constitution, 'utf8')) as { description: string }[]
  const parts = Array.from({ length: Math.ceil(articles.length / 8) }, (_, part) =>
    articles
      .slice(part * 8, part * 8 + 8)
      .map(({ description }) => description)
      .join('\n\n'),
  )
  return [...data.map(({ paragraphs }) => paragraphs.map(({ context }) => context).join('\n\n')), ...parts]
}

function ownTexts(): string[] {
  const samples = readdirSync(SAMPLE_DIR).map((file) => readFileSync(`${SAMPLE_DIR}${file}`, 'utf8'))
  const prose = [POLITY, GEOGRAPHY, HISTORY].flatMap(({ pages }) =>
    pages.map((page) => (typeof page === 'string' ? page : page.text)),
  )
  return [...samples, ...prose]
}

function sentencesOf(text: string): string[] {
  return splitSentences(text)
    .map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence.length > 30 && sentence.length < 400)
}
