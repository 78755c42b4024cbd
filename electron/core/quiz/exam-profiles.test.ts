import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { readExamProfiles, sixthsScheme } from './exam-profiles.ts'

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

  it('gives the UPSC papers in sixths, and refuses to round the others', () => {
    const exams = readExamProfiles(EXAMS_DIR)
    const scheme = (id: string) => sixthsScheme(exams.get(id) ?? (undefined as never))
    expect(scheme('upsc-gs1')).toMatchObject({ correctSixths: 12, wrongSixths: -4, blankSixths: 0 })
    expect(scheme('upsc-csat')).toMatchObject({ correctSixths: 15, wrongSixths: -5, blankSixths: 0 })
    expect(() => scheme('uppsc-gs1')).toThrow(/no whole sixths/)
    expect(() => scheme('bpsc-prelims')).toThrow(/no whole sixths/)
  })

  it('names the file whose questions do not add up', () => {
    const dir = temporaryFolder()
    const exam = { ...readExamProfiles(EXAMS_DIR).get('upsc-gs1'), id: 'odd', totalMarks: 199 }
    writeFileSync(join(dir, 'odd.json'), JSON.stringify(exam))
    expect(() => readExamProfiles(dir)).toThrow(/odd\.json.*do not add up/s)
  })
})
