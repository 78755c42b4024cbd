/**
 * Openings that lean on the sentence before: they say after what, beside what, against what or because of what, and the
 * what is not there when the sentence stands in a question. Without a noun of their own ("in addition to the tax" has one).
 */
const ENGLISH = split(`
  above all, accordingly, additionally, after all, afterwards, again, all the same, all in all, alternatively, also, and,
  apart from (?:this|that|these|those|it|them), as a consequence, as a corollary, as a result, as before, as such,
  as usual, at any rate, at first, at last, at once, at the same time, at (?:this|that) (?:time|point|stage|juncture),
  because of (?:this|that|these|those|it|them), before (?:long|this|that), besides(?! the ), but, by (?:and large|contrast|comparison|then|now),
  by (?:this|that|these|those), by the same token, by the way, consequently, conversely, correspondingly, despite (?:this|that|these|all),
  due to (?:this|that|these|which), earlier, either way, elsewhere, equally, even so, even then, even though this, eventually,
  finally, first of all, firstly, following (?:this|that|these), for (?:this|that|these|those|which), for example, for instance,
  for one thing, for the same reason, from (?:this|that|then|there|here|these|those), further, furthermore, given (?:this|that|these),
  hence, henceforth, here, hereafter, hereby, herein, hereinafter, hereto, heretofore, hereupon, herewith, hitherto, however,
  in a similar (?:way|manner|vein), in addition(?! to (?:the|an?|\\p{Lu}|\\d)), in any case, in any event, in both cases, in (?:this|that|these|those|such|so|doing),
  in conclusion, in consequence, in contrast(?! (?:to|with) (?:the|an?|\\p{Lu})), in due course, in effect, in either case, in essence, in fact,
  in like manner, in other words, in particular, in return(?! for), in short, in spite of (?:this|that|these|all), in sum, in the end,
  in the event(?! of), in the light of (?:this|that|these), in the meantime, in the process(?! of), in the same (?:way|manner|vein|year|month|period|spirit|breath),
  in theory, in practice, in turn, in view of (?:this|that|these), incidentally, indeed, instead(?! of (?:the|an?|\\p{Lu})), it follows, last of all, lastly,
  later(?! (?:vedic|mughals?|guptas?|chalukyas?)), latterly, like (?:this|that|these|them|him|her), likewise, meanwhile, more (?:importantly|precisely|specifically|generally|often), moreover, namely,
  nevertheless, next, no wonder, nonetheless, nor, not only, not surprisingly, notably, notwithstanding (?:this|that|these|all),
  on (?:this|that|these|those|which), on the basis of (?:this|that|these), on the contrary, on the one hand, on the other(?: hand)?, on the whole,
  once again, once more, one of (?:these|those|them), or, otherwise, out of (?:this|these|those|them), over and above (?:this|that|these),
  owing to (?:this|that|these), particularly, presently, previously, rather, respectively, secondly, seen (?:thus|so), shortly (?:afterwards|thereafter|before this),
  similarly, simultaneously, since (?:then|this|that), so, so far, so long as this, soon(?! after ), specifically, still, subsequently, such,
  that is(?: why| to say| how)?, that said, that way, the (?:above|aforesaid|foregoing|same|said),
  then(?! (?:prime|president|governor|chief)), thence, thenceforth, there(?! (?:is|are|was|were|shall be|exists?) ), thereafter, thereby, therefore, therefrom, therein, thereof,
  thereon, thereto, thereunder, thereupon, therewith, these, they, thirdly, this, those, thus, to be sure, to begin with,
  to (?:this|that|these|those|them|it|which), to sum up, to the contrary, together with (?:this|these), together they, too, towards (?:this|that|these), ultimately,
  under (?:this|that|these|those|it|them|which), unlike (?:this|that|these|those|it|them|him|her), until (?:then|this|that), upon (?:this|that|which), viewed (?:thus|so),
  what is more, whence, whereas, whereat, whereby, wherefore, wherein, whereof, whereupon, with (?:this|that|these|those|it|them|which), within (?:this|that|these), without (?:this|that|these|it|them),
  yet`)

const HINDI = split(`
  अंततः, अंततोगत्वा, अंत में, अतः, अत:, अतएव, अथवा, अन्य(?! पिछड़ा), अन्यथा, अर्थात, अर्थात्, अलबत्ता, आगे चलकर, आखिरकार, आख़िरकार, इतना ही नहीं,
  इधर, इन, इनका, इनकी, इनके, इनमें, इनसे, इन्हीं, इन्हें, इन्होंने, इस, इसका, इसकी, इसके, इसमें, इससे, इसी, इसीलिए, इसलिए, इसे, इसने,
  उक्त, उदाहरण के लिए, उदाहरणतः, उदाहरण स्वरूप, उदाहरणार्थ, उधर, उन, उनका, उनकी, उनके, उनमें, उन्हीं, उन्हें, उन्होंने, उपरोक्त, उपर्युक्त, उस, उसका, उसकी, उसके,
  उसमें, उससे, उसी, उसे, उसने, एक ओर, एक तरफ़, एक तरफ, ऐसा, ऐसी, ऐसे, और, किंतु, किन्तु, किंबहुना, क्योंकि, चुनांचे, चूँकि, चूंकि, जबकि, जिससे, ठीक इसी,
  तत्पश्चात, तत्पश्चात्, तथा, तथापि, तदनंतर, तदनुसार, तदुपरांत, तदुपरान्त, तब, तभी, ताकि, तो, तो भी, दरअसल, (?:पहला|पहले|दूसरा|दूसरे|तीसरा|तीसरे)(?=[^\\p{L}\\p{M}\\s]), दूसरी ओर, दूसरी तरफ, दूसरी तरफ़,
  दूसरे शब्दों में, दोनों, निष्कर्षतः, नतीजतन, पर, परंतु, परन्तु, परिणामतः, परिणामस्वरूप, फलतः, फलस्वरूप, फिर, फिर भी, बल्कि, बहरहाल, बाद में, मगर, मसलन, यद्यपि,
  यहाँ, यहां, यहीं, यही, यह, यानी, यानि, ये, लिहाज़ा, लिहाजा, लेकिन, वरन्, वरना, वस्तुतः, वह, वहाँ, वहां, वहीं, वही, वास्तव में, विशेषकर, विशेष रूप से, वे, वैसे, वैसे ही,
  संक्षेप में, साथ ही, सारांशतः, सो, हालाँकि, हालांकि`)

const BOUNDARY = "(?![\\p{L}\\p{M}\\p{N}’'-])"
const OPENING = new RegExp(`^[“"‘'(\\s]*((?:${longestFirst(ENGLISH)})|(?:${longestFirst(HINDI)}))${BOUNDARY}`, 'iu')

/** The opening of a text that leans on what stood before it, as it is written there; undefined where it has none. */
export function leaningOpening(text: string): string | undefined {
  return OPENING.exec(text)?.[1]
}

function split(list: string): string[] {
  // A comma in a pattern's brackets is none of ours: entries have no commas of their own.
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function longestFirst(entries: readonly string[]): string {
  return entries.toSorted((a, b) => b.length - a.length).join('|')
}
