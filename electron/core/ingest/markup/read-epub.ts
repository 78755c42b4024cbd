import { posix } from 'node:path'
import { StudyError, toFailure } from '../../errors.ts'
import type { TextBlock } from '../read-markdown.ts'
import type { ParseMarkup } from './parse-markup.ts'
import { readHtml } from './read-html.ts'
import type { PackageReader } from './read-package.ts'
import type { Section } from './section.ts'

interface Manifest {
  title: string | undefined
  /** Paths in the archive of the texts, in reading order. */
  spine: string[]
  /** The table of contents, as EPUB 3 and EPUB 2 have it. */
  nav: string | undefined
  ncx: string | undefined
}

/**
 * Reads an EPUB 2 or 3 as the sections of its table of contents, in reading order.
 * A damaged text costs its section, not the book. Throws StudyError: file-damaged,
 * file-encrypted for a book whose texts are locked, file-too-large.
 */
export async function readEpub(
  reader: PackageReader,
  parse: ParseMarkup,
): Promise<{ title: string | undefined; sections: Section[] }> {
  const manifest = await readManifest(reader, parse)
  await refuseLocked(reader, manifest.spine, parse)
  const contents = await readContents(reader, manifest, parse)
  const sections: Section[] = []
  for (const path of manifest.spine) {
    if (path === manifest.nav) continue
    const entries = contents.filter((entry) => entry.path === path)
    try {
      const { blocks, anchors } = readHtml(await reader.text(path), parse, { xml: true })
      cutAtEntries(sections, blocks, entries, anchors)
    } catch (error) {
      sections.push({ blocks: [], failure: toFailure(error), ...titled(entries[0]?.title) })
    }
  }
  return { title: manifest.title, sections: sections.filter(({ blocks, failure }) => blocks.length > 0 || failure) }
}

interface ContentsEntry {
  title: string
  path: string
  /** The place in that text; '' for its beginning. */
  anchor: string
}

/** A text without an entry goes on with the section before it: books are stored in pieces. */
function cutAtEntries(
  sections: Section[],
  blocks: readonly TextBlock[],
  entries: readonly ContentsEntry[],
  anchors: ReadonlyMap<string, number>,
): void {
  const cuts = entries
    .map(({ title, anchor }) => ({ title, at: anchor === '' ? 0 : (anchors.get(anchor) ?? 0) }))
    .sort((a, b) => a.at - b.at)
  const beginning = blocks.slice(0, cuts[0]?.at ?? blocks.length)
  const last = sections.at(-1)
  if (last && !last.failure) last.blocks.push(...beginning)
  else if (beginning.length > 0) sections.push({ blocks: [...beginning] })
  cuts.forEach(({ title, at }, index) => {
    const end = cuts[index + 1]?.at ?? blocks.length
    // Of several entries for one place the last is the nearest: "Part I", "Chapter 1".
    if (end > at || index === cuts.length - 1) sections.push({ title, blocks: blocks.slice(at, end) })
  })
}

function titled(title: string | undefined): { title?: string } {
  return title === undefined ? {} : { title }
}

async function readManifest(reader: PackageReader, parse: ParseMarkup): Promise<Manifest> {
  let opfPath = ''
  listen(parse, await reader.text('META-INF/container.xml'), (name, attributes) => {
    if (name === 'rootfile' && opfPath === '') opfPath = attributes['full-path'] ?? ''
  })
  const items = new Map<string, { path: string; mediaType: string }>()
  const order: string[] = []
  let nav: string | undefined
  let ncxId: string | undefined
  let title: string | undefined
  let isTitle = false
  parse(
    await reader.text(opfPath),
    {
      open(rawName, attributes) {
        const name = localName(rawName)
        if (name === 'title') isTitle = title === undefined
        else if (name === 'item') {
          const path = resolvePath(opfPath, attributes.href ?? '')
          items.set(attributes.id ?? '', { path, mediaType: attributes['media-type'] ?? '' })
          if (/(?:^|\s)nav(?:\s|$)/.test(attributes.properties ?? '')) nav = path
        } else if (name === 'spine') ncxId = attributes.toc
        else if (name === 'itemref') order.push(attributes.idref ?? '')
      },
      text(text) {
        if (isTitle) title = (title ?? '') + text
      },
      close(name) {
        if (localName(name) === 'title') isTitle = false
      },
    },
    { xml: true },
  )
  const spine = order.flatMap((id) => {
    const item = items.get(id)
    return item && /html|xml/.test(item.mediaType) && !/svg/.test(item.mediaType) ? [item.path] : []
  })
  if (spine.length === 0) {
    throw new StudyError(
      'file-damaged',
      'This EPUB is damaged: it names no texts to read. The file was kept as it is. Download or copy it again and import that copy.',
    )
  }
  const ncx = items.get(ncxId ?? '') ?? [...items.values()].find(({ mediaType }) => mediaType.includes('dtbncx'))
  return { title: title?.replace(/\s+/g, ' ').trim() || undefined, spine: [...new Set(spine)], nav, ncx: ncx?.path }
}

/** Fonts are often scrambled, and may be; texts that are can't be read. */
async function refuseLocked(reader: PackageReader, spine: readonly string[], parse: ParseMarkup): Promise<void> {
  const xml = await reader.textIfThere('META-INF/encryption.xml')
  const texts = new Set(spine)
  listen(parse, xml ?? '', (name, attributes) => {
    if (name !== 'CipherReference' || !texts.has(decode(attributes.URI ?? ''))) return
    throw new StudyError(
      'file-encrypted',
      'This book is locked by its shop (DRM), so nothing in it was read. The file was kept. ' +
        'It can be read only in the shop’s own app; a copy without the lock can be imported.',
    )
  })
}

async function readContents(
  reader: PackageReader,
  { nav, ncx }: Manifest,
  parse: ParseMarkup,
): Promise<ContentsEntry[]> {
  // A book reads well enough without its table of contents.
  const read = async (
    path: string | undefined,
    from: (path: string, xml: string, parse: ParseMarkup) => ContentsEntry[],
  ) => {
    if (path === undefined || !reader.has(path)) return []
    try {
      return from(path, await reader.text(path), parse)
    } catch {
      return []
    }
  }
  const entries = await read(nav, entriesOfNav)
  return entries.length > 0 ? entries : read(ncx, entriesOfNcx)
}

/** The links of the first <nav>, which is the table of contents. */
function entriesOfNav(path: string, xml: string, parse: ParseMarkup): ContentsEntry[] {
  const entries: ContentsEntry[] = []
  let state: 'before' | 'inside' | 'after' = 'before'
  let link: { href: string; text: string } | undefined
  parse(
    xml,
    {
      open(name, attributes) {
        if (localName(name) === 'nav' && state === 'before') {
          const type = attributes['epub:type'] ?? 'toc'
          if (/(?:^|\s)toc(?:\s|$)/.test(type)) state = 'inside'
        } else if (name === 'a' && state === 'inside') link = { href: attributes.href ?? '', text: '' }
      },
      text(text) {
        if (link) link.text += text
      },
      close(name) {
        if (localName(name) === 'nav' && state === 'inside') state = 'after'
        if (name !== 'a' || !link) return
        entries.push(...entryOf(path, link.href, link.text))
        link = undefined
      },
    },
    { xml: true },
  )
  return entries
}

function entriesOfNcx(path: string, xml: string, parse: ParseMarkup): ContentsEntry[] {
  const entries: ContentsEntry[] = []
  let isInMap = false
  let isText = false
  let text = ''
  parse(
    xml,
    {
      open(rawName, attributes) {
        const name = localName(rawName)
        if (name === 'navMap') isInMap = true
        else if (name === 'navLabel') text = ''
        else if (name === 'text') isText = true
        else if (name === 'content' && isInMap) entries.push(...entryOf(path, attributes.src ?? '', text))
      },
      text(part) {
        if (isText) text += part
      },
      close(rawName) {
        const name = localName(rawName)
        if (name === 'text') isText = false
        else if (name === 'navMap') isInMap = false
      },
    },
    { xml: true },
  )
  return entries
}

function entryOf(from: string, href: string, text: string): ContentsEntry[] {
  const title = text.replace(/\s+/g, ' ').trim().slice(0, 200)
  const [target = '', anchor = ''] = href.split('#')
  return title ? [{ title, path: resolvePath(from, target), anchor: decode(anchor) }] : []
}

function listen(
  parse: ParseMarkup,
  xml: string,
  open: (name: string, attributes: Record<string, string>) => void,
): void {
  parse(xml, { open: (name, attributes) => open(localName(name), attributes), text() {}, close() {} }, { xml: true })
}

/** A reference in the file's part `from` as a name in the archive. */
function resolvePath(from: string, href: string): string {
  return posix.normalize(posix.join(posix.dirname(from), decode(href.split('#')[0] ?? '')))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
