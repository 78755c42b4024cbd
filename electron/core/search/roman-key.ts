/**
 * Hindi words as people write them in Latin letters. There is no one spelling
 * (samvidhan, sanvidhaan, samvidhaan), so both scripts are brought to a key that
 * keeps what every spelling agrees on: consonants without aspiration, one nasal
 * before a consonant, short and long vowels alike, and no "a" but the first letter
 * (सरकार is sa-ra-kā-ra on paper and sarkar in Latin letters).
 */
export function romanKey(word: string): string {
  return apply(KEY_RULES, plainSound(word))
}

/** The same with the vowels that the key leaves out: to be compared letter by letter. */
export function plainSound(word: string): string {
  return apply(SOUND_RULES, /[\u0900-\u097f]/.test(word) ? romanize(word) : word.toLowerCase())
}

/** A plain Latin spelling of a folded Devanagari word, its last inherent vowel left out: राज्यपाल is rajyapal. */
export function romanize(word: string): string {
  let latin = ''
  const letters = [...word.replaceAll('ज्ञ', 'ग्य')]
  for (const [i, letter] of letters.entries()) {
    const consonant = CONSONANTS[letter]
    if (consonant === undefined) {
      latin += VOWELS[letter] ?? (letter === '्' ? '' : letter)
      continue
    }
    const next = letters[i + 1]
    const hasOwnVowel = next !== undefined && (next === '्' || SIGNS.has(next))
    latin += hasOwnVowel || next === undefined ? consonant : `${consonant}a`
  }
  return latin
}

const CONSONANTS: Record<string, string> = Object.fromEntries(
  'क k ख kh ग g घ gh ङ n च ch छ chh ज j झ jh ञ n ट t ठ th ड d ढ dh ण n त t थ th द d ध dh न n प p फ ph ब b भ bh म m य y र r ल l ळ l व v श sh ष sh स s ह h'
    .split(' ')
    .flatMap((part, i, parts) => (i % 2 === 0 ? [[part, parts[i + 1] ?? '']] : [])),
)
const VOWELS: Record<string, string> = {
  अ: 'a',
  आ: 'a',
  इ: 'i',
  ई: 'i',
  उ: 'u',
  ऊ: 'u',
  ऋ: 'ri',
  ए: 'e',
  ऐ: 'ai',
  ओ: 'o',
  औ: 'au',
  ऑ: 'o',
  'ा': 'a',
  'ि': 'i',
  'ी': 'i',
  'ु': 'u',
  'ू': 'u',
  'ृ': 'ri',
  'े': 'e',
  'ै': 'ai',
  'ो': 'o',
  'ौ': 'au',
  'ॉ': 'o',
  'ॅ': 'e',
  'ं': 'n',
  'ः': '',
}
const SIGNS = new Set('ािीुूृेैोौॉॅ')

const NASAL = /(?<=.)m(?=[^aeiouy])/g

/** In this order: each rule reads what the ones before it left. */
const SOUND_RULES: readonly (readonly [RegExp, string])[] = [
  [/aa+/g, 'a'],
  [/ee+|ii+/g, 'i'],
  [/oo+|uu+/g, 'u'],
  [/jn|gn(?=y|a)/g, 'gy'],
  [/gyy/g, 'gy'],
  [/c*ch+/g, 'C'],
  [/ck|c|q/g, 'k'],
  [/x/g, 'ks'],
  [/ph/g, 'f'],
  [/sh+/g, 's'],
  [/([kgjtdbC])h/g, '$1'],
  [/w/g, 'v'],
  [/z/g, 'j'],
  [/ai|ei/g, 'e'],
  [/au|ou/g, 'o'],
  [/(.)\1+/g, '$1'],
  [NASAL, 'n'],
]
const KEY_RULES: typeof SOUND_RULES = [
  [/(?<=.)a/g, ''],
  [/(.)\1+/g, '$1'],
  // Again, without the vowels that one spelling has and another leaves out: islamvad, इस्लामवाद.
  [NASAL, 'n'],
]

/**
 * What is left of a key where vowels differ: its consonants, and that it begins with a vowel. Hindi writes English
 * words as they sound (oxygen is ऑक्सीजन, germany जर्मनी), and no two agree on the vowels.
 */
export function soundFrame(key: string): string {
  const consonants = key.replace(/[aeiou]|(?<=.)y/g, '').replace(/(?<=.)m/g, 'n')
  return `${/^[aeiou]/.test(key) ? 'a' : ''}${consonants.replace(/(.)\1+/g, '$1')}`
}

/** An English word spelled by its sound, as far as its letters tell: pharmacy is farmasi. */
export function spellBySound(english: string): string {
  return apply(ENGLISH_RULES, english.toLowerCase())
}

const ENGLISH_RULES: readonly (readonly [RegExp, string])[] = [
  [/^(?:kn|gn)/, 'n'],
  [/^wr|rh/g, 'r'],
  [/^ps/, 's'],
  [/ch(?=[lr])/g, 'k'],
  [/sch/g, 'sk'],
  [/tech/g, 'tek'],
  [/que$/, 'k'],
  [/[ts]ion/g, 'shan'],
  [/gue$/, 'g'],
  [/igh(?=t|$)/g, 'ai'],
  [/^eu|^u(?=n[ie]|s[ea]|ti|ra)/, 'yu'],
  [/ew/g, 'yu'],
  [/(?<=[ao])w(?![aeiou])/g, 'o'],
  [/qu/g, 'kv'],
  [/c(?=[eiy])/g, 's'],
  [/g(?=[eiy])/g, 'j'],
  [/(?<=[^aeiou])y(?![aeiou])/g, 'i'],
  [/(?<=[^aeiou].*[^aeiou])e$/, ''],
]

function apply(rules: readonly (readonly [RegExp, string])[], text: string): string {
  return rules.reduce((so, [pattern, by]) => so.replace(pattern, by), text)
}
