/**
 * The one folding of words for the keyword index, used when a text goes in and
 * when a query is asked: spellings a reader takes for the same become the same.
 *
 * NFC, then for Devanagari: nukta dropped (क़ानून = कानून), chandrabindu to anusvara
 * (हँस = हंस), a nasal with virama before a consonant of its own class to anusvara
 * (हिन्दी = हिंदी), digits to ASCII; joiners and soft hyphens dropped everywhere.
 * Case, Latin diacritics and English stems are FTS5's own work (its tokenizer is
 * `porter unicode61 remove_diacritics 2` with marks kept as parts of words).
 *
 * Offsets are not kept: fold a word to compare it, never a text to slice it.
 */
export function foldText(text: string): string {
  const plain = text.normalize('NFC').replace(INVISIBLE, '')
  // Most texts of an English library stop here.
  if (!DEVANAGARI.test(plain)) return plain
  return plain
    .replace(NUKTA_LETTER, (letter) => WITHOUT_NUKTA[letter] ?? letter)
    .replace(NUKTA, '')
    .replace(CHANDRABINDU, ANUSVARA)
    .replace(NASAL_OF_ITS_CLASS, ANUSVARA)
    .replace(DEVANAGARI_DIGIT, (digit) => String(digit.charCodeAt(0) - 0x0966))
}

const DEVANAGARI = /[\u0900-\u097f]/
/** ZWNJ, ZWJ and soft hyphen: how a word is drawn, not how it is spelt. */
const INVISIBLE = /\u200c|\u200d|\u00ad/g
const NUKTA = /\u093c/g
/** The three letters that NFC composes with their nukta; it decomposes the others. */
const NUKTA_LETTER = /[\u0929\u0931\u0934]/g
const WITHOUT_NUKTA: Record<string, string> = { '\u0929': '\u0928', '\u0931': '\u0930', '\u0934': '\u0933' }
const CHANDRABINDU = /\u0901/g
const ANUSVARA = '\u0902'
/** ङ before क–घ, ञ before च–झ, ण before ट–ढ, न before त–ध, म before प–भ; a doubled nasal (न्न) is not one. */
const NASAL_OF_ITS_CLASS =
  /\u0919\u094d(?=[\u0915-\u0918])|\u091e\u094d(?=[\u091a-\u091d])|\u0923\u094d(?=[\u091f-\u0922])|\u0928\u094d(?=[\u0924-\u0927])|\u092e\u094d(?=[\u092a-\u092d])/g
const DEVANAGARI_DIGIT = /[\u0966-\u096f]/g
