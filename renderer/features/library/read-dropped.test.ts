import { describe, expect, it } from 'vitest'
import { readDropped } from './read-dropped.ts'

const file = (name: string) => ({
  isDirectory: false,
  name,
  file: (resolve: (file: File) => void) => resolve(new File(['x'], name)),
})

/** Tells its entries in parts of two, as browsers tell large folders in parts. */
function folder(name: string, inside: { name: string }[]) {
  return {
    isDirectory: true,
    name,
    createReader() {
      let at = 0
      return {
        readEntries(resolve: (entries: unknown[]) => void) {
          resolve(inside.slice(at, at + 2))
          at += 2
        },
      }
    },
  }
}

function drop(entries: { name: string; isDirectory: boolean }[]) {
  return readDropped({
    items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })) as never,
    files: entries.map(({ name }) => new File(['x'], name)) as never,
  })
}

describe('readDropped', () => {
  it('opens folders at any depth and takes what can be read, in order of name', async () => {
    const inner = folder('unit 2', [file('10.docx'), file('9.epub'), file('run.exe'), file('.hidden.pdf')])
    const { files, emptyFolders } = await drop([
      folder('polity', [inner, file('a.pdf'), folder('.git', [file('b.md')])]),
      file('c.zip'),
    ])
    expect(files.map(({ name }) => name)).toEqual(['c.zip', 'a.pdf', '9.epub', '10.docx'])
    expect(emptyFolders).toEqual([])
  })

  it('names the folders in which there is nothing to read, and leaves plain files as they are', async () => {
    expect((await drop([folder('photos', [file('a.raw')])])).emptyFolders).toEqual(['photos'])
    const { files } = await drop([file('a.pdf'), file('b.exe')])
    expect(files.map(({ name }) => name)).toEqual(['a.pdf', 'b.exe'])
  })
})
