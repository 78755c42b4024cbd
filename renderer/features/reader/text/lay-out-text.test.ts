import { describe, expect, it } from 'vitest'
import { layOutText } from './lay-out-text.ts'

const laidOut = (text: string) => layOutText(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])

describe('layOutText', () => {
  it('tells headings, paragraphs and items apart', () => {
    const text =
      'The Preamble\n\nIt was adopted in 1949.\nIt came into force later.\n\n• Justice\n• Liberty,\n  of thought\n'
    expect(laidOut(text)).toEqual([
      ['heading', 'The Preamble'],
      ['paragraph', 'It was adopted in 1949.\nIt came into force later.'],
      ['item', '• Justice'],
      ['item', '• Liberty,\n  of thought'],
    ])
  })

  it('knows a sentence in either script from a heading', () => {
    expect(laidOut('ग्राम सभा\n\nयह आधारशिला है।\n\nअंत')).toEqual([
      ['heading', 'ग्राम सभा'],
      ['paragraph', 'यह आधारशिला है।'],
      ['paragraph', 'अंत'],
    ])
  })

  it('takes numbered lines for items, with the line that leads into them', () => {
    expect(laidOut('Consider:\n1. One\n(b) Two\n\nx\n\n ')).toEqual([
      ['paragraph', 'Consider:'],
      ['item', '1. One'],
      ['item', '(b) Two'],
      ['paragraph', 'x'],
    ])
  })

  it('loses no word', () => {
    const text = '\n\n  A \n \n B b\n\n\n\nC\n- d\n'
    const kept = layOutText(text).map(({ start, end }) => text.slice(start, end))
    expect(kept.join(' ').split(/\s+/)).toEqual(text.trim().split(/\s+/))
  })

  it('has nothing to set for an empty page', () => {
    expect(layOutText(' \n\n ')).toEqual([])
  })

  it('takes the headings it is told and no others', () => {
    const text = 'Rights\n\nA short line\n\nDuties of all\n\nEnd.'
    const pieces = layOutText(text, [0, 6, 1, 22, 13, 3])
    expect(pieces.map((piece) => (piece.kind === 'heading' ? piece.level : piece.kind))).toEqual([
      1,
      'paragraph',
      3,
      'paragraph',
    ])
  })

  it('sets lines with tabs as the rows of a table, cell by cell', () => {
    const text = 'Lists:\nList\tSubjects\nUnion\tDefence\tRail\n\tx\nAfter.'
    const pieces = layOutText(text, [])
    expect(pieces.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
      ['paragraph', 'Lists:'],
      ['table', 'List\tSubjects\nUnion\tDefence\tRail\n\tx'],
      ['paragraph', 'After.'],
    ])
    const [, table] = pieces
    const rows = table?.kind === 'table' ? table.rows : []
    expect(rows.map((row) => row.map(({ start, end }) => text.slice(start, end)))).toEqual([
      ['List', 'Subjects'],
      ['Union', 'Defence', 'Rail'],
      ['', 'x'],
    ])
  })

  it('knows how deep an item stands', () => {
    const pieces = layOutText('1. One\n  a. Inner\n    • Innermost\n2. Two', [])
    expect(pieces.map((piece) => (piece.kind === 'item' ? piece.depth : piece.kind))).toEqual([0, 1, 2, 0])
  })
})
