/** A stretch of a source that is looked for: an article, a paragraph. */
export interface Section {
  id: string
  text: string
}

/** As import leaves a text, whitespace apart. */
const flat = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim()
/** A passage belongs to a section when it holds so much of it, or half of a shorter one. */
const LEAST_SHARED = 60

/** Tells which sections a passage that was cut from their text (in this order, whitespace apart) belongs to. */
export function locatePassages(sections: readonly Section[]): (passage: string) => string[] {
  let whole = ''
  const places = sections.map(({ id, text }) => {
    const start = whole.length
    whole += `${flat(text)} `
    return { id, start, end: whole.length - 1 }
  })
  const known = new Map<string, string[]>()
  return (passage) => {
    const wanted = flat(passage)
    let ids = known.get(wanted)
    if (!ids) {
      const start = whole.indexOf(wanted)
      const end = start + wanted.length
      ids = places
        .filter((place) => {
          const shared = Math.min(end, place.end) - Math.max(start, place.start)
          return start >= 0 && shared >= Math.min(LEAST_SHARED, (place.end - place.start) / 2)
        })
        .map(({ id }) => id)
      known.set(wanted, ids)
    }
    return ids
  }
}
