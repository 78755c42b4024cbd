import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { markingScheme, readExamProfiles } from './exam-profiles.ts'

const EXAMS_DIR = fileURLToPath(new URL('../../../resources/exams/', import.meta.url))

describe('readExamProfiles', () => {
  it('has the papers the product knows, each with its exact marks', () => {
    const exams = readExamProfiles(EXAMS_DIR)
    const marks = Object.fromEntries(
      [...exams.values()].map(({ id, questionCount, correctUnits, wrongUnits, unitsPerMark }) => [
        id,
        [questionCount, correctUnits / unitsPerMark, wrongUnits / unitsPerMark],
      ]),
    )
    expect(marks).toEqual({
      'upsc-gs1': [100, 2, -2 / 3],
      'upsc-csat': [80, 2.5, -5 / 6],
      'uppsc-gs1': [150, 4 / 3, -4 / 9],
      'bpsc-prelims': [150, 1, -1 / 4],
      'hpsc-prelims': [100, 1, -1 / 4],
    })
    expect(exams.get('upsc-csat')?.qualifyingMarks).toBe(66)
  })

  it('gives the marks of every paper in whole units, and refuses to round', () => {
    const exams = readExamProfiles(EXAMS_DIR)
    const scheme = (id: string) => markingScheme(exams.get(id) ?? (undefined as never))
    expect(scheme('upsc-gs1')).toMatchObject({ correctUnits: 72, wrongUnits: -24, blankUnits: 0 })
    expect(scheme('upsc-csat')).toMatchObject({ correctUnits: 90, wrongUnits: -30, blankUnits: 0 })
    expect(scheme('uppsc-gs1')).toMatchObject({ correctUnits: 48, wrongUnits: -16, blankUnits: 0 })
    expect(scheme('bpsc-prelims')).toMatchObject({ correctUnits: 36, wrongUnits: -9, blankUnits: 0 })
    const odd = { ...(exams.get('upsc-gs1') ?? (undefined as never)), unitsPerMark: 7 }
    expect(() => markingScheme(odd)).toThrow(/no whole 36ths/)
  })

  it('names the file whose questions do not add up', () => {
    const dir = temporaryFolder()
    const exam = { ...readExamProfiles(EXAMS_DIR).get('upsc-gs1'), id: 'odd', totalMarks: 199 }
    writeFileSync(join(dir, 'odd.json'), JSON.stringify(exam))
    expect(() => readExamProfiles(dir)).toThrow(/odd\.json.*do not add up/s)
  })
})
