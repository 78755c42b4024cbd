import type { SentenceVerdict } from './judge-sentence.ts'
import { leaningOpening } from './lexicon/leaning-openings.ts'

/** Pronouns and pointing words whose noun is in the sentence before. */
const POINTING =
  /(?:^|[\s“"'(])(?:यह|ये|वह|वे|इस|इन|उस|उन|इसका|इसकी|इसके|इसमें|इससे|इसे|इसी|इसलिए|इन्हें|इनका|इनकी|इनके|इनमें|उसका|उसकी|उसके|उसमें|उसे|उन्हें|उन्होंने|उनका|उनकी|उनके|उनमें|इन्होंने|इसने|उसने|जिससे|यहाँ|वहाँ|ऐसा|ऐसी|ऐसे|उक्त|उपर्युक्त|निम्नलिखित|अतः|किंतु|परंतु|लेकिन|और|फिर|तथा|या|एवं|आज|अब|अभी|हाल|वर्तमान|हम|हमें|हमारा|हमारे|हमारी|आप|आपको|आपके|मैं|मेरा|तुम|चित्र|अध्याय|तालिका)(?=[\s,।”"')])/u

/** "The committee recommended …": which one, the sentence before tells. */
const BARE_START = /^(?:समिति|आयोग|अधिनियम|विधेयक|सभा|परिषद|न्यायालय|योजना|रिपोर्ट|संशोधन|आंदोलन|प्रस्ताव)(?=\s)/u
const PRONOUN =
  /(?<![\p{L}\p{M}])(?:इसका|इसकी|इसके|इसमें|इससे|इसे|इसी|इसलिए|इन्हें|इनका|इनकी|इनके|इनमें|उसका|उसकी|उसके|उसमें|उसे|उन्हें|उन्होंने|इन्होंने|उनमें)(?![\p{L}\p{M}])/u

/** Counts from the time of the sentence before, or from its people. */
const LEANING_START = /^(?:पहले|कई ने|कुछ ने|(?:\S+ )?(?:साल|वर्ष|दिन|महीने|सप्ताह) (?:बाद|पहले))(?=[\s,])/u

/** The Hindi counterpart of `judgeSentence`: strict about what leans on the text around it. */
export function judgeHindiSentence(sentence: string): SentenceVerdict {
  const words = sentence.split(' ').length
  const starts = sentence.slice(0, 24)
  if (words < 6 || words > 40) return { standsAlone: false, fault: 'length' }
  if (!/।$/.test(sentence)) return { standsAlone: false, fault: 'unfinished' }
  if (/[?:;…_]|\d[.)] /.test(sentence)) return { standsAlone: false, fault: 'rubble' }
  if ((sentence.match(/[“"]/g)?.length ?? 0) !== (sentence.match(/[”"]/g)?.length ?? 0)) {
    return { standsAlone: false, fault: 'unbalanced' }
  }
  // "और" and "तथा" join inside a sentence; at its start, and pronouns anywhere near it, they lean on what went before.
  if (leaningOpening(sentence) !== undefined || LEANING_START.test(sentence))
    return { standsAlone: false, fault: 'pointing' }
  if (BARE_START.test(sentence) || PRONOUN.test(sentence)) return { standsAlone: false, fault: 'pronoun' }
  if (POINTING.test(starts) || /(?<![\p{L}\p{M}])(?:इस|उस|इन|उन|यह|वह)(?=\s)/u.test(sentence))
    return { standsAlone: false, fault: 'pointing' }
  return { standsAlone: true, text: sentence }
}
