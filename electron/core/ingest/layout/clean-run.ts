/**
 * The readable text of a run: NFC, private-use bullets as bullets, every kind of
 * space as one, control and zero-width characters out. A soft hyphen that ends the
 * run was drawn there and becomes a hyphen; ZWJ and ZWNJ stay, since Indic scripts
 * are spelt with them.
 */
export function cleanRun(text: string): string {
  // Nearly every run of an English page is plain already.
  if (PLAIN.test(text)) return text
  return text
    .replace(/\u00ad$/, '-')
    .replace(SYMBOL_BULLET, '•')
    .replace(/\s+/g, ' ')
    .replace(UNSEEN, '')
    .trim()
    .normalize('NFC')
}

const PLAIN = /^[!-~]+(?: [!-~]+)*$/
/** Bullets of Symbol and Wingdings, which Word and PageMaker leave in the private-use area. */
const SYMBOL_BULLET = /[\uf0a7\uf0a8\uf0b7\uf0d8\uf076\uf0fc\uf06e\uf0b2]/g
/** Control characters and what draws nothing. */
const UNSEEN = /\p{Cc}|\u00ad|\u200b|\u200e|\u200f|\u2060|\ufeff/gu
