import { describe, expect, it } from 'vitest'
import { chooseTitle, headingTitle, provisionalTitle } from './choose-title.ts'

function pageOf(lines: { text: string; level?: number }[]) {
  const headings: number[] = []
  let text = ''
  for (const line of lines) {
    if (text) text += '\n'
    if (line.level) headings.push(text.length, line.text.length, line.level)
    text += line.text
  }
  return { pageNumber: 1, width: 1, height: 1, text, boxes: [], headings }
}

describe('chooseTitle', () => {
  it.each([
    ['the file’s own title', { fileName: 'x.pdf', metadataTitle: 'The Indian Polity' }, 'The Indian Polity'],
    [
      'not a program’s leavings',
      { fileName: 'polity notes.pdf', metadataTitle: 'Microsoft Word - a.doc' },
      'polity notes',
    ],
    ['nor a working file', { fileName: 'polity notes.pdf', metadataTitle: 'chap1Working.pmd' }, 'polity notes'],
    ['nor “Untitled”', { fileName: 'polity notes.pdf', metadataTitle: 'Untitled' }, 'polity notes'],
    [
      'a name made of words',
      { fileName: '/a/Indian_Polity_6th_ed.pdf', headingTitle: 'Preface' },
      'Indian Polity 6th ed',
    ],
    ['a heading for a code', { fileName: 'keps201.pdf', headingTitle: 'Federalism' }, 'Federalism'],
    ['a heading for a scanner’s name', { fileName: 'scan of page 12.pdf', headingTitle: 'Federalism' }, 'Federalism'],
    ['the name if there is nothing else', { fileName: 'C:\\books\\keps201.pdf' }, 'keps201'],
  ])('takes %s', (_, known, title) => {
    expect(chooseTitle(known)).toBe(title)
  })

  it('starts from the file name', () => {
    expect(provisionalTitle('/home/a/keps201.pdf')).toBe('keps201')
    expect(provisionalTitle('.pdf')).toBe('.pdf')
  })
})

describe('headingTitle', () => {
  it('takes the largest heading with its label, in the spelling of the running header', () => {
    const page = pageOf([
      { text: 'Chapter 1: Constitution: Why and How?' },
      { text: 'Chapter One', level: 1 },
      { text: 'CONSTITUTION: WHY AND HOW?', level: 1 },
      { text: 'INTRODUCTION', level: 2 },
    ])
    expect(headingTitle(page)).toBe('Chapter 1: Constitution: Why and How?')
  })

  it('sets capitals in title case and keeps acronyms', () => {
    const page = pageOf([
      { text: 'Chapter Two', level: 1 },
      { text: 'THE RTI ACT AND RIGHTS IN THE CONSTITUTION', level: 1 },
      { text: 'The RTI Act was passed in 2005.' },
    ])
    expect(headingTitle(page)).toBe('Chapter Two: The RTI Act and Rights in the Constitution')
  })

  it('finds none where the page has no large heading', () => {
    expect(headingTitle(pageOf([{ text: 'Note', level: 4 }, { text: 'Words.' }]))).toBeUndefined()
  })
})
