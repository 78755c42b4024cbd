// Questions in other words than the text's. The first set is tuned on; nothing was ever chosen by the other three, and
// whoever changes search looks at their figures only when the change is done.

const read = (lines: string) =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [targets = '', query = ''] = line.split(' | ')
      return { targets: targets.split(','), query }
    })

/** Asked of the English XQuAD: article.paragraph, from 0. Tuned on. */
export const XQUAD_PARAPHRASES = read(`
1.2 | How many faiths lived side by side in the Polish capital a century ago?
9.2 | Why will no more automobiles be built down under?
27.2 | Which cells of our defences are busiest while we are up and about?
2.0 | Where did the Norse first make their homes before the duchy was founded?
44.1 | Who claimed that Europeans invented a picture of Asia that has little to do with real life there?
11.3 | Is anybody still improving old piston machines with present-day materials?
16.3 | How would cutting down the jungle heat the planet?
10.4 | Which well-known Germans came from families of expelled French Protestants?
42.3 | Which subjects are kept back for London to decide?
6.4 | What were the final written words of the monk from Wittenberg?
15.2 | Whose statutes win when a member country contradicts Brussels?
28.4 | Did the Mahatma ask for leniency when he stood trial?
16.4 | How did the dry year at the start of the last decade compare with the one before?
28.1 | Is breaking a bad rule always meant to topple those in power?
20.1 | By which harbour did the pestilence come into western Europe?
34.3 | Who wrote most of the early tunes for the time-travel series?
26.2 | Who does the counting and mixing now that chemists talk more with the sick?
37.0 | How honest are officials in Nairobi thought to be?
4.0 | What field sorts problems by how hard they are for machines?
16.2 | How did bean growers bring new roads into the jungle?
28.2 | Is it forceful to block a website or sit down in an office as a protest?
15.4 | When did Britain accept the common rules on workers' conditions?
46.3 | Where did the future first president ambush a patrol?
5.3 | Who leads disciples on the inner path in the religion of the Vedas?
`)

/** Asked of the English XQuAD: article.paragraph, from 0. */
export const UNSEEN_XQUAD = read(`
2.1 | Which clans from northern France gained land and titles in the south of Italy?
26.4 | May a doctor hand out medicines, or is that left to the chemist alone?
0.0 | How well did the losing side stop its rivals from scoring that season?
8.2 | Which no-cost stations were to be swapped for ones that people must pay for?
43.4 | Which armed group claims to rule over all who follow the Prophet?
33.4 | Does a richer country automatically lift its needy out of misery?
18.4 | Why has a big Californian town no federal motorway?
47.1 | Who showed that an apple and the moon are pulled by one and the same thing?
7.4 | How many football clubs of the top division called the city home ten years ago?
9.3 | Are rails of different widths in use across the state?
46.1 | How much more numerous were the English than their rivals in the New World?
33.2 | Does the gap between incomes shrink by itself once a nation gets wealthy?
8.3 | Why were officials looking at what a lone mum pays for television?
32.2 | Who set up a pillar to claim Florida for his king?
35.1 | When did the look of the buildings turn from medieval to contemporary?
11.1 | Which device draws a curve so that engineers can tell how well a machine runs?
31.4 | Which US leaders studied at the oldest college of the country?
40.1 | What is the plainest though sluggish way to check that nothing divides a figure?
44.2 | How can films and songs from abroad make a people want to live differently?
21.4 | Who first argued that mountains need ages to wear away?
37.2 | Why did the American leader stay away at first from his father's homeland?
30.3 | Which sort of classrooms opened to other races shortly before white rule ended?
30.4 | Where did southern families send children to avoid sitting beside black pupils?
40.2 | Do pairs that differ by two go on for ever?
`)

/** Asked of the polity chapters: chapter.page. */
export const UNSEEN_CHAPTERS = read(`
210.7 | Which hated colonial law let people be seized without reason?
210.5 | Why is it foolish to bind Americans of today by the ideals of two centuries ago, but less so in our case?
205.19,205.20 | How does a house that meets too seldom manage to study everything in detail?
209.21 | Who warned that the new charter was foreign to the nation's soul and would collapse?
203.20 | Who makes sure that no dead or invented people are on the roll?
208.11 | Which independent officer looks after polls for rural councils?
207.19 | Which three new units were carved out of big northern ones at the turn of the millennium?
204.17 | Who puts into practice what ministers have decided?
204.13 | What must the leader of the cabinet never lose if he is to stay on?
206.2 | What are courts there for in a democracy?
201.9 | What do founding laws around the globe have in common?
210.3 | Which Asian state swore off fighting in the opening words of its law?
208.11,208.12 | Who studies how much money village bodies ought to get?
207.11 | Why was a powerful centre thought necessary to fight want and ignorance?
206.24 | Which fuel were buses in the capital made to use by the judges?
204.3 | Where can the president choose ministers but not throw them out?
203.18 | Who helps the national poll body in every province?
204.11 | How is the election of the second-highest dignitary unlike that of the highest?
204.16 | What did governing with many partners take away from the PM?
204.17 | Are civil officials hired for life or for one term of a cabinet?
202.9 | Can I pick my own counsel after being taken into custody?
207.4 | Which union of Caribbean islands fell apart?
209.7 | How many members must say yes for the charter to be altered in either house?
209.9 | How many of the provinces have to agree when the charter is altered?
210.13 | Why are some parts of the country treated unlike others in our federation?
`)

/** Asked of the Constitution: articles. */
export const UNSEEN_ARTICLES = read(`
258A | a province hands some of its own work over to Delhi
258 | Delhi lets a province carry out central tasks
188 | MLAs are sworn in
251,254 | which statute prevails when the centre's clashes with a province's
162 | how far the powers of a province's ministers reach
193 | fine for an MLA who takes part without having been sworn in
208 | who decides how business is conducted in a state assembly
243ZJ | how many people may run a cooperative
211 | MLAs may not criticise how judges behave
149 | what the country's chief auditor has to do
67 | how long the deputy of the President serves and how he is thrown out
243 | what village and intermediate level are taken to mean
339 | inquiry into how tribal regions are run
347 | recognising a tongue that many residents of a province ask for
65 | who takes over when the President dies or falls ill
244A | separate hill state inside Assam
243ZG,243O,329 | judges must keep out of disputes over polls
224A | judges who have left office come back to sit for a while
274 | bills on levies that matter to provinces need a nod from the head of state
261 | papers and court records of one province are honoured in all others
113 | how the houses vote on what ministries ask to spend
364 | rules for big harbours and airfields
363 | agreements with former rulers cannot be taken before judges
198 | how the upper house of a province deals with bills on finance
205 | asking for more money when what was granted proves too little
`)
