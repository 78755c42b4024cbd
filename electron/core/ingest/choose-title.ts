import { basename, extname } from 'node:path'
import type { ExtractedPage } from '../ports.ts'

/**
 * What a person would call a document, from the best that is at hand: its own
 * title where that reads like one, a file name made of words, the big heading of
 * its first page, and last the file name as it is. `fileName` may be a path.
 */
export function chooseTitle(known: { fileName: string; metadataTitle?: string; headingTitle?: string }): string {
  const stem = stemOf(known.fileName)
  const words = stem.includes(' ') ? stem : stem.replace(/[_+-]+/g, ' ').trim()
  if (known.metadataTitle !== undefined && isTitle(known.metadataTitle, stem)) return tidy(known.metadataTitle)
  if (isMadeOfWords(words)) return tidy(words)
  return tidy(known.headingTitle ?? stem)
}

/** What a document is called before it was opened: its file's name. */
export function provisionalTitle(path: string): string {
  return tidy(stemOf(path))
}

function stemOf(path: string): string {
  const name = basename(path.replaceAll('\\', '/'))
  return name.slice(0, name.length - extname(name).length).trim() || name
}

const PRODUCER_NAMES =
  /^(?:untitled|document ?\d*|title|layout ?\d*|slide ?\d*|powerpoint presentation|presentation ?\d*|book ?\d*|new .*document|scan(?:ned)?\b.*|print\b.*|image ?\d*|page ?\d*|no title|none|null|default|cover|microsoft .*)$/i
const FILE_NAME =
  /\.(?:pmd|p65|docx?|pdf|indd|qxd|pptx?|xlsx?|cdr|tex|dvi|rtf|odt|html?|txt|ai|psd|jpe?g|tiff?|png)\b|^https?:|[\\/]/i

/** Titles in the file's properties are mostly left over from the program that made it. */
function isTitle(title: string, stem: string): boolean {
  if (title.length < 4 || title.length > 200 || title === stem) return false
  if (PRODUCER_NAMES.test(title) || FILE_NAME.test(title) || /[\p{Cc}\p{Co}\ufffd]|þÿ/u.test(title)) return false
  const letters = title.match(/[\p{L}\p{M}]/gu)?.length ?? 0
  if (letters < 0.6 * title.replace(/\s/g, '').length) return false
  return /\s/.test(title) ? /[\p{L}\p{M}]{3}/u.test(title) : /^[\p{L}\p{M}]{4,}$/u.test(title)
}

/** "Indian Polity 6th ed" is a name somebody gave; "keps201", "scan 0042" and "download (3)" are not. */
function isMadeOfWords(name: string): boolean {
  if (/^(?:scan|img|image|download|document|doc|file|untitled|whatsapp|camscanner)\b/i.test(name)) return false
  return name.split(/\s+/).filter((word) => /^[\p{L}\p{M}]{3,}$/u.test(word)).length >= 2
}

const LABEL = /^(?:chapter|unit|part|lesson|module|section|book|appendix|अध्याय|पाठ|इकाई)\s+\S{1,12}$/i
/** "Chapter 1: …" */
const LABELLED = /^(?:chapter|unit|part|lesson|module|section|appendix|अध्याय|पाठ|इकाई)\s+\S{1,12}?\s*[:.–—-]\s+/i

/**
 * The title a first page shows: its largest heading, with the label above it
 * ("Chapter One"). Of a heading in capitals the spelling that the page's running
 * header uses is taken where there is one, else it is set in title case.
 */
export function headingTitle(page: ExtractedPage): string | undefined {
  const headings: { text: string; level: number }[] = []
  for (let i = 0; i + 3 <= page.headings.length; i += 3) {
    const [start = 0, length = 0, level = 0] = page.headings.slice(i, i + 3)
    headings.push({ text: tidy(page.text.slice(start, start + length)), level })
  }
  const candidates = headings.filter(({ text, level }) => level <= 2 && !LABEL.test(text))
  const largest = Math.min(...candidates.map(({ level }) => level))
  const main = candidates.find(({ level }) => level === largest)
  if (!main || main.text.length < 4) return undefined
  const lines = page.text.split('\n')
  const spelt = isCapitals(main.text) ? respell(main.text, lines) : main.text
  const label = headings[headings.indexOf(main) - 1]?.text
  const isLabelled = label !== undefined && LABEL.test(label) && !LABELLED.test(spelt)
  return isLabelled ? `${isCapitals(label) ? toTitleCase(label, lines) : label}: ${spelt}` : spelt
}

function respell(capitals: string, lines: readonly string[]): string {
  const wanted = lettersOf(capitals)
  const header = lines.find((line) => !isCapitals(line) && lettersOf(line.replace(LABELLED, '')) === wanted)
  return header?.trim() ?? toTitleCase(capitals, lines)
}

const SMALL_WORDS = new Set('a an and as at but by for from in into nor of on or the to with'.split(' '))

/** Words that the page's other lines set in capitals too ("RTI", "UPSC") stay so. */
function toTitleCase(capitals: string, lines: readonly string[]): string {
  const acronyms = new Set(
    lines.filter((line) => !isCapitals(line)).flatMap((line) => line.match(/\b[A-Z]{2,}\b/g) ?? []),
  )
  return capitals.replace(/[\p{L}\p{M}][\p{L}\p{M}’']*/gu, (word, at: number) => {
    if (acronyms.has(word)) return word
    const lower = word.toLowerCase()
    const isFirst = at === 0 || /[:?!.–—]\s*$/.test(capitals.slice(0, at))
    return SMALL_WORDS.has(lower) && !isFirst ? lower : (lower[0] ?? '').toUpperCase() + lower.slice(1)
  })
}

function isCapitals(text: string): boolean {
  return /\p{Lu}{2}/u.test(text) && text === text.toUpperCase()
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{M}]/gu, '')
}

function tidy(title: string): string {
  return title.replace(/\s+/g, ' ').trim().slice(0, 300)
}
