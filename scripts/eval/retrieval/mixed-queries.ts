import { foldText } from '#core/ingest/fold-text.ts'
import { romanize } from '#core/search/roman-key.ts'
import { makeRandom } from './make-random.ts'

/** Queries as they are typed in a hurry, in Latin letters or in short forms. One a line: targets | query. */
const read = (lines: string) =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [targets = '', query = ''] = line.split(' | ')
      return { targets: targets.split(','), query }
    })

/** Hindi in Latin letters, asked of the Hindi XQuAD: the number of the article that is meant. */
export const ROMANIZED_OF_HINDI = read(`
3 | tesla ki mrityu kis varsh hui
4 | computer vigyan ki shakha
5 | sharirik dand prachin kaal
7 | dakshin california mahanagar jansankhya
11 | bhaap engine me pani ubalna
12 | oxygen ki khoj kab ki
13 | israel par achanak hamla
15 | yuropiya sangh ki sandhi
16 | amazon varsha van angrezi naam
20 | kaali maut ka karan
25 | temujin ne vivah kiya
26 | pharmacy takniki niyantran
27 | pratiraksha pranali ke vikar
28 | hatyakand kavi
29 | imarat nirman ki prakriya
30 | niji madhyamik vidyalay germany
31 | harvard vishvavidyalay shahar
33 | vaishvik asamanta
36 | kublai ki sarkar vittiya kathinai
37 | bhrashtachar dharna suchkank
38 | ipcc ka adhyaksh kaun hai
40 | abhajya sankhya ka vibhajak
42 | scotland adhiniyam nirvachit vidhansabha
43 | islamvad ki bhumika
46 | saat varshiya yuddh
47 | bal ki darshanik charcha
16 | varshavan ki prajatiyan
41 | rhine nadi
20 | plague mahamari
3 | avishkarak tesla
`)

/** The same again, written before Latin Hindi was last worked on and looked at when that was done. */
export const UNSEEN_ROMANIZED_OF_HINDI = read(`
1 | warsaw kis nadi ke kinare basa hai
2 | norman log italy me kyon aaye
5 | shikshak banne ki yogyata
6 | martin luther ki bible ka anuvad
7 | los angeles ka hawai adda kitna vyast
9 | toyota ka car karkhana kab band hoga
10 | france ke protestant sharanarthi
12 | hawa me oxygen ki matra
14 | apollo antariksh yaan me aag
15 | sadasya desh aur european kanoon
16 | amazon jungle ki kataai
17 | samudri jeev comb jelly
18 | fresno shahar ki abadi
20 | plague kis bandargah se europe aaya
21 | chattan ki umar kaise napte hain
25 | changez khan ka makbara
26 | dawa ki dukan
27 | teeka lagane se rog pratirodh
28 | savinay avagya andolan
30 | school ki fees aur daan
31 | harvard library me kitni kitabe
33 | ameer aur gareeb ki aay me antar
34 | doctor who ka sangeet
36 | cheen me mongol shasan
37 | kenya ka rashtrapati chunav
38 | jalvayu report me galti himalay glacier
39 | paudhe ki koshika me chloroplast
42 | scotland ki sansad ke sadasya
44 | samrajyavaad aur upnivesh
46 | france aur britain ki ladai america me
47 | newton ke gati ke niyam
`)

/** Hindi in Latin letters, asked of the English Constitution: articles. */
export const ROMANIZED_OF_ENGLISH = read(`
51A | maulik kartavya
110 | dhan vidheyak
123,213 | adhyadesh
61 | mahabhiyog
280,281 | vitt aayog
315,316,317,318 | lok seva aayog
324 | chunav aayog
343,345 | rajbhasha
352,353,358,359 | aapatkal
17 | asprishyata
21A | shiksha ka adhikar
243A,243 | gram sabha
5,6,7,8,9,10,11 | nagrikta
0 | prastavna
63,64,65,66,67 | uprashtrapati
124,131,141,144 | sarvochch nyayalay
74,75 | mantri parishad
76 | mahanyayvadi
165 | mahadhivakta
153,154,155,156,157,158,159 | rajyapal
44 | saman nagrik sanhita
368 | samvidhan sanshodhan
112 | budget sansad
356 | rashtrapati shasan
360 | vittiya aapatkal
214,217,226 | uchch nyayalay
`)

/** Short forms, asked of the Constitution: articles. */
export const ABBREVIATIONS = read(`
36,37,38,39 | DPSP
148,149,150,151 | CAG
315,316,317,318,319,320,321,322,323 | UPSC
44 | UCC
324 | ECI powers
74,75,78 | PM and his ministers
163,164,167 | CM appointment
279A,246A | GST council
312 | IAS IPS
338,341,366 | SCs commission
338A,342 | STs commission
338B,340,342A | OBC commission
243I,243Y | SFC
79,80,83 | LS RS
231,214,216 | HC common for two states
239,240 | UTs administration
124,131,143 | SC jurisdiction
263 | inter state council ISC
105,106 | MPs privileges
194,195 | MLAs privileges
21A | RTE
239A,239AA | UT of Puducherry
`)

const KEYS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/**
 * The query with a slip in its longest word, as fingers make them: a letter left out,
 * doubled, changed about with the next, or the key beside it. The same for the same seed.
 */
export function misspell(query: string, seed: number): string {
  const random = makeRandom(seed * 7919 + 17)
  const longest = [...query.matchAll(/[A-Za-z]{6,}/g)].sort((a, b) => b[0].length - a[0].length)[0]
  if (!longest) return query
  const word = longest[0]
  // The first letter is seldom missed.
  const at = 1 + Math.floor(random() * (word.length - 2))
  const letter = word[at] ?? ''
  const row = KEYS.find((keys) => keys.includes(letter.toLowerCase())) ?? letter
  const beside = row[row.indexOf(letter.toLowerCase()) + (random() < 0.5 ? 1 : -1)] ?? row[1] ?? letter
  const kind = Math.floor(random() * 4)
  const slip = [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + letter + word.slice(at),
    word.slice(0, at) + (word[at + 1] ?? '') + letter + word.slice(at + 2),
    word.slice(0, at) + beside + word.slice(at + 1),
  ][kind]
  return query.slice(0, longest.index) + slip + query.slice(longest.index + word.length)
}

/** How spellings of Hindi in Latin letters differ from a plain one. */
const RESPELT: readonly (readonly [RegExp, string])[] = [
  [/(?<=[^aeiou])a(?=[^aeiou][aeiou])/, ''], // the vowel that is written and not spoken
  [/a$/, 'aa'],
  [/i/, 'ee'],
  [/u/, 'oo'],
  [/v/, 'w'],
  [/sh/, 's'],
  [/chh/, 'ch'],
  [/f/, 'ph'],
]

/** A Hindi question as it is typed in Latin letters: each word plainly, or in one of the other usual spellings. The same for the same seed. */
export function typeInLatin(question: string, seed: number): string {
  const random = makeRandom(seed * 6151 + 29)
  return question.replace(/[\u0900-\u0963\u0970-\u097f]+/g, (word) => {
    const plain = romanize(foldText(word))
    const [pattern, by] = RESPELT[Math.floor(random() * RESPELT.length)] ?? [/$/, '']
    return random() < 0.6 ? plain.replace(pattern, by) : plain
  })
}
