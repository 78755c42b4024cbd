import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { openOnnxEmbedder } from '../adapters/onnx-minilm.ts'
import { MODEL_DIR } from '../testing/model-dir.ts'
import { makePassageMatcher, matchedNodes, nodeText, type PassageMatcher } from './match-passage.ts'
import { readSyllabus } from './read-syllabus.ts'

const RESOURCES = fileURLToPath(new URL('../../../resources/', import.meta.url))
const syllabus = readSyllabus(`${RESOURCES}syllabus`)
const subjectOf = (nodeId: string | undefined) => syllabus.nodes.get(nodeId ?? '')?.subject

describe('matching with the model that ships', () => {
  let matcher: PassageMatcher
  let embed: (texts: readonly string[]) => Promise<Float32Array[]>
  beforeAll(async () => {
    const embedder = await openOnnxEmbedder({ modelDir: MODEL_DIR })
    embed = (texts) => embedder.embed(texts)
    matcher = makePassageMatcher(syllabus, await embed(matchedNodes(syllabus).map(nodeText)))
    return () => embedder.close()
  })

  async function topNodes(passages: readonly { heading: string; text: string }[]) {
    const vectors = await embed(passages.map(({ heading, text }) => `${heading}\n${text}`))
    return passages.map((passage, i) => matcher.match({ ...passage, vector: vectors[i] })[0]?.nodeId)
  }

  it.each([
    ['the-indian-monsoon', ['geography']],
    ['the-making-of-the-constitution', ['polity', 'history']],
    ['panchayati-raj', ['polity', 'governance']],
  ])('finds the subject of the sample %s', async (name, subjects) => {
    const text = readFileSync(`${RESOURCES}sample-library/${name}.md`, 'utf8')
    const title = text.split('\n')[0]?.slice(2)
    const passages = text
      .split(/^## /m)
      .slice(1)
      .map((section) => ({
        heading: `${title} › ${section.split('\n')[0] ?? ''}`,
        text: section.split('\n').slice(1).join('\n'),
      }))
    const found = (await topNodes(passages)).filter((nodeId) => nodeId !== undefined)
    expect(found.length).toBeGreaterThanOrEqual(Math.ceil(passages.length * 0.6))
    const right = found.filter((nodeId) => subjects.includes(subjectOf(nodeId) ?? ''))
    expect(right.length / found.length).toBeGreaterThanOrEqual(0.9)
  })

  it('gives no head to what no syllabus speaks of', async () => {
    const noise = [
      'The Panthers defense gave up just 308 points, ranking sixth in the league, and led the NFL in interceptions.',
      'Preheat the oven, whisk the eggs with sugar, fold in the flour and bake for thirty minutes until golden.',
      'Press the power button for five seconds, then hold the volume key to reset the router to its factory settings.',
      'Chapter 4, page 12. All rights reserved. No part of this book may be reproduced without permission.',
      '1. 2. 3. 4. 5. 6. 7. 8. 9. 10. 11. 12.',
    ]
    expect(await topNodes(noise.map((text) => ({ heading: '', text })))).toEqual(noise.map(() => undefined))
  })

  it('names a head of the Prelims and one of the Mains for the same passage', async () => {
    const text =
      'The Rajya Sabha is a permanent House of Parliament. A money bill can be introduced only in the Lok Sabha, and the Speaker decides whether a bill is a money bill.'
    const [vector] = await embed([text])
    const papers = matcher.match({ heading: 'Parliament', text, vector }).map(({ nodeId }) => nodeId)
    expect(papers).toEqual(expect.arrayContaining(['prelims-polity-parliament', 'gs2-legislatures']))
  })
})

describe('matching by terms alone', () => {
  const matcher = makePassageMatcher(syllabus, undefined)

  it('reads Hindi, in any of its forms', () => {
    const [top] = matcher.match({
      heading: 'न्यायपालिका',
      text: 'सर्वोच्च न्यायालय के न्यायाधीशों की नियुक्ति राष्ट्रपति करते हैं। न्यायिक पुनरावलोकन की शक्ति से न्यायपालिका क़ानूनों की जाँच करती है।',
    })
    expect(top?.nodeId).toMatch(/^(prelims-polity-judiciary|gs2-executive-judiciary)$/)
  })

  it('wants more than one word said in passing', () => {
    expect(matcher.match({ heading: '', text: 'The shop near the Supreme Court sells tea.' })).toEqual([])
  })
})
