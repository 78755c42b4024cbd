/**
 * The stem of a folded, lower-case word. Latin words: Porter's algorithm
 * (M. F. Porter, "An algorithm for suffix stripping", 1980), as FTS5's `porter`
 * tokenizer does it. Devanagari words: the longest inflectional ending is taken off
 * (after A. Ramanathan and D. Rao, "A Lightweight Stemmer for Hindi", 2003), so that
 * पंचायतों and पंचायत meet. Other words stay as they are.
 */
export function stemWord(word: string): string {
  if (/^[a-z]+$/.test(word)) return stemEnglish(word)
  if (/[\u0900-\u097f]/.test(word)) return stemHindi(word)
  return word
}

/** By length: a longer ending is tried before the ones it contains. Written as folded text has them (no nukta, anusvara for chandrabindu). */
const HINDI_ENDINGS = [
  ['ाएंगी', 'ाएंगे', 'ाऊंगी', 'ाऊंगा', 'ाइयां', 'ाइयों', 'ाइयाँ'],
  ['ाएगी', 'ाएगा', 'ाओगी', 'ाओगे', 'एंगी', 'ेंगी', 'एंगे', 'ेंगे', 'ूंगी', 'ूंगा', 'ातीं', 'नाओं', 'नाएं', 'ताओं', 'ताएं', 'ियां', 'ियों'],
  [
    'ाकर',
    'ाइए',
    'ाईं',
    'ाया',
    'ेगी',
    'ेगा',
    'ोगी',
    'ोगे',
    'ाने',
    'ाना',
    'ाते',
    'ाती',
    'ाता',
    'तीं',
    'ाओं',
    'ाएं',
    'ुओं',
    'ुएं',
    'ुआं',
  ],
  ['कर', 'ाओ', 'िए', 'ाई', 'ाए', 'ने', 'नी', 'ना', 'ते', 'ीं', 'ती', 'ता', 'ां', 'ों', 'ें'],
  ['ो', 'े', 'ू', 'ु', 'ी', 'ि', 'ा'],
]

function stemHindi(word: string): string {
  for (const endings of HINDI_ENDINGS) {
    const length = endings[0]?.length ?? 0
    for (const ending of endings) {
      // What is left must be a word: two letters at least.
      if (word.length >= length + 2 && word.endsWith(ending)) return word.slice(0, word.length - ending.length)
    }
  }
  return word
}

/** Porter's m: how many times a vowel run is followed by a consonant run. */
function measure(stem: string): number {
  const shape = shapeOf(stem).replace(/^C+/, '')
  return shape.match(/V+C+/g)?.length ?? 0
}

/** V for a vowel, C for a consonant; y is a vowel after a consonant. */
function shapeOf(word: string): string {
  let shape = ''
  for (let i = 0; i < word.length; i++) {
    const letter = word[i] ?? ''
    if ('aeiou'.includes(letter)) shape += 'V'
    else if (letter === 'y') shape += i > 0 && shape[i - 1] === 'C' ? 'V' : 'C'
    else shape += 'C'
  }
  return shape
}

const hasVowel = (stem: string) => shapeOf(stem).includes('V')
const endsDouble = (stem: string) => /([^aeiou])\1$/.test(stem) && shapeOf(stem).endsWith('CC')
const endsCvc = (stem: string) => shapeOf(stem).endsWith('CVC') && !/[wxy]$/.test(stem)

const STEP_2: [string, string][] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['logi', 'log'],
  ['bli', 'ble'],
  ['alli', 'al'],
  ['entli', 'ent'],
  ['eli', 'e'],
  ['ousli', 'ous'],
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
]
const STEP_3: [string, string][] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
]
const STEP_4 = [
  'ement',
  'ance',
  'ence',
  'able',
  'ible',
  'ment',
  'ant',
  'ent',
  'ism',
  'ate',
  'iti',
  'ous',
  'ive',
  'ize',
  'ion',
  'al',
  'er',
  'ic',
  'ou',
]

function stemEnglish(original: string): string {
  if (original.length < 3) return original
  let word = original
  // Step 1a
  if (word.endsWith('sses') || word.endsWith('ies')) word = word.slice(0, -2)
  else if (word.endsWith('s') && !word.endsWith('ss')) word = word.slice(0, -1)
  word = stripPast(word)
  // Step 1c
  if (word.endsWith('y') && hasVowel(word.slice(0, -1))) word = `${word.slice(0, -1)}i`
  word = replaceEnding(word, STEP_2)
  word = replaceEnding(word, STEP_3)
  word = dropEnding(word)
  // Step 5
  if (word.endsWith('e')) {
    const stem = word.slice(0, -1)
    const m = measure(stem)
    if (m > 1 || (m === 1 && !endsCvc(stem))) word = stem
  }
  if (word.endsWith('ll') && measure(word.slice(0, -1)) > 1) word = word.slice(0, -1)
  return word
}

/** Step 1b: -eed, -ed, -ing and the mending of what is left. */
function stripPast(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word
  const ending = word.endsWith('ed') ? 2 : word.endsWith('ing') ? 3 : 0
  if (ending === 0 || !hasVowel(word.slice(0, -ending))) return word
  const stem = word.slice(0, -ending)
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`
  if (endsDouble(stem) && !/[lsz]$/.test(stem)) return stem.slice(0, -1)
  if (measure(stem) === 1 && endsCvc(stem)) return `${stem}e`
  return stem
}

/** Steps 2 and 3: the longest ending that is there decides, whether its stem is long enough or not. */
function replaceEnding(word: string, rules: [string, string][]): string {
  const rule = rules.filter(([ending]) => word.endsWith(ending)).sort((a, b) => b[0].length - a[0].length)[0]
  if (!rule) return word
  const stem = word.slice(0, -rule[0].length)
  return measure(stem) > 0 ? stem + rule[1] : word
}

/** Step 4. */
function dropEnding(word: string): string {
  const ending = STEP_4.filter((candidate) => word.endsWith(candidate)).sort((a, b) => b.length - a.length)[0]
  if (!ending) return word
  const stem = word.slice(0, -ending.length)
  if (measure(stem) <= 1 || (ending === 'ion' && !/[st]$/.test(stem))) return word
  return stem
}
