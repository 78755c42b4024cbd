import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { readSyllabus } from './read-syllabus.ts'

const SYLLABUS_DIR = fileURLToPath(new URL('../../../resources/syllabus/', import.meta.url))

describe('the syllabus that ships', () => {
  const syllabus = readSyllabus(SYLLABUS_DIR)
  const heads = [...syllabus.nodes.values()].filter(({ description }) => description)

  it('has the seven papers of the UPSC, in the order of the exam', () => {
    expect(syllabus.papers.map(({ id }) => id)).toEqual([
      'upsc-prelims-gs',
      'upsc-csat',
      'upsc-essay',
      'upsc-gs1',
      'upsc-gs2',
      'upsc-gs3',
      'upsc-gs4',
    ])
    expect(heads.length).toBeGreaterThanOrEqual(115)
  })

  it('says each head in both languages, and gives terms of both to what passages are matched with', () => {
    for (const { id, name, description, terms, matched } of heads) {
      expect(name.hi, id).toMatch(/[\u0900-\u097f]/)
      expect(description?.hi, id).toMatch(/[\u0900-\u097f]/)
      if (matched === false) continue
      expect(terms?.en.length, id).toBeGreaterThanOrEqual(3)
      expect(terms?.hi.length, id).toBeGreaterThanOrEqual(2)
      for (const term of terms?.hi ?? []) expect(term, id).toMatch(/^[\u0900-\u097f0-9 -]+$/)
    }
  })

  it('tells what lies within a group and within a paper', () => {
    expect(syllabus.within('prelims-polity')).toContain('prelims-polity-judiciary')
    expect(syllabus.within('prelims-polity')).not.toContain('prelims-economy-fiscal')
    expect(syllabus.within('upsc-gs4')).toHaveLength(8)
    expect(syllabus.within('nothing')).toEqual([])
  })
})

describe('readSyllabus', () => {
  const node = { id: 'a', parent: 'paper', subject: 'polity', name: { en: 'A', hi: 'अ' } }
  const write = (nodes: unknown[], file = 'paper.json') => {
    const dir = temporaryFolder()
    const paper = { id: 'paper', exam: 'bpsc', stage: 'mains', name: { en: 'Paper', hi: 'पत्र' }, nodes }
    writeFileSync(join(dir, file), JSON.stringify(paper))
    return dir
  }

  it('takes one more file for another exam, and counts it as another version', () => {
    const dir = write([node])
    const before = readSyllabus(dir)
    expect(before.papers[0]?.exam).toBe('bpsc')
    const other = readSyllabus(write([{ ...node, subject: 'economy' }]))
    expect(other.version).not.toBe(before.version)
  })

  it.each([
    ['an id that comes twice', [node, node], 'twice'],
    ['a parent that is not there', [{ ...node, parent: 'b' }], 'not there'],
    [
      'a ring of parents',
      [
        { ...node, parent: 'b' },
        { ...node, id: 'b', parent: 'a' },
      ],
      'own ancestor',
    ],
    ['a name in one language', [{ ...node, name: { en: 'A' } }], 'paper.json'],
    ['a field that is not known', [{ ...node, colour: 'red' }], 'paper.json'],
  ])('refuses %s, naming it', (_what, nodes, message) => {
    expect(() => readSyllabus(write(nodes))).toThrow(message)
  })

  it('refuses a file whose name is not its id, and one that is no JSON', () => {
    expect(() => readSyllabus(write([node], 'other.json'))).toThrow('its id is not its name')
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'paper.json'), '{')
    expect(() => readSyllabus(dir)).toThrow('no JSON')
  })
})
