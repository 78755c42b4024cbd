/** What a reader looks for in the Constitution, and the articles that are it. */
export interface ArticleQuery {
  articles: readonly string[]
  query: string
}

/** Subjects as aspirants and newspapers put them, seldom in the articles' own words. One a line: articles | query. */
const SUBJECTS = `
0 | opening words that state justice, liberty, equality and fraternity
1 | Bharat as another name of the country
3 | carving out a new state or changing a boundary
5 | who was a national when the republic began
6 | people who came over from Pakistan
9 | losing nationality on becoming a foreigner
13 | statutes that take away guaranteed freedoms are void
14 | everybody is the same in the eyes of the law
15 | no unfair treatment on account of caste, sex or birthplace
16 | equal chance of getting a government job
17 | ending the practice of treating some castes as polluting
18 | no honours like Rai Bahadur may be given
19 | freedom to speak, gather, move and form unions
20 | double jeopardy and self-incrimination
21 | nobody may be killed or jailed except by due process
21A | free schooling for children between six and fourteen
22 | being brought before a magistrate within a day of arrest
23 | human trafficking and bonded labour
24 | child labour in mines
25 | following and spreading any faith
27 | nobody has to pay a tax that promotes a religion
29 | keeping one's own script and culture alive
30 | schools run by religious and linguistic minorities
32 | going straight to the apex court when rights are violated
34 | army rule in an area and rights
39 | equal pay for equal work
39A | free lawyers for the poor
40 | self-government of villages
43 | decent wage for labourers
44 | one family law for all religions
45 | care of the very young before school age
47 | liquor prohibition and better food for the people
48 | ban on cow slaughter
48A | safeguarding forests and wildlife
49 | looking after historic buildings
50 | keeping judges apart from the government
51 | world peace and respect for international law
51A | what every citizen is obliged to do
52,53 | the highest office of the republic
54 | electoral college for Rashtrapati
57 | can the head of state stand again
58 | minimum age of thirty-five for the head of state
60 | oath of Rashtrapati
61 | impeaching the head of state
63,64 | deputy head of state who chairs the upper house
72 | pardoning a person sentenced to death
74 | ministers who aid and advise the head of state
75 | cabinet answers together to the lower house
76 | chief law officer of the government
78 | what the head of government must tell the head of state
79 | the two chambers and the head of state form the legislature
80 | who sits in the upper house
81 | who sits in the lower house
83 | how long each house lasts
85 | calling and dissolving the houses
93 | presiding officer of the lower house
100 | quorum and casting vote
102 | grounds for losing a seat in the national legislature
105 | immunity of members for what they say in the house
108 | both houses sitting together to break a deadlock
109 | bills on taxation in the upper house
110 | what counts as a bill about finances
111 | signing a bill into law or returning it
112 | budget of the union
114 | drawing money from the exchequer by law
116 | spending before the budget is passed
123 | emergency laws made while the legislature is not sitting
124 | appointing judges of the apex court
127 | temporary judges
129 | punishing disrespect to the apex court
131 | disputes between the centre and a province go directly to the apex court
136 | special permission to appeal
137 | apex court looking again at its own ruling
141 | rulings bind every other court
143 | asking the apex court for its opinion
148 | the official who audits public accounts
153,154 | head of a state appointed by the centre
161 | clemency by the head of a province
163 | discretion of the Governor
164 | appointment of the Chief Minister
165 | top lawyer of a province
169 | abolishing or creating a second chamber in a province
170 | number of members of a state assembly
200 | Governor sitting on a bill passed by the assembly
201 | state bill reserved for the centre's approval
213 | laws by the Governor between sessions
214 | every province has a top court
217 | retirement and removal of judges of a province's top court
222 | moving a judge from one province to another
226 | writs by the top court of a province
233 | selection of district judges
239A | elected assembly for Puducherry
243A | assembly of the whole village
243D | quota for women in village councils
243G | tasks handed to village councils
243I | panel that reviews the money of village councils
243K | who holds village polls
243Q | kinds of town governments
244 | rule of tribal areas
246 | lists of subjects for centre and states
248 | subjects that stand in no list
249 | centre making laws on a state subject for the nation's sake
253 | giving effect to treaties
262 | quarrels over river water
263 | forum for coordination among the states
265 | no taxation without law
266 | where all revenue of the government goes
267 | fund for unforeseen expenses
280 | panel that divides taxes between centre and states every five years
300A | nobody may lose land or goods except by law
301 | free commerce throughout the country
311 | firing a civil servant needs an inquiry
312 | creating all-India services like IAS
315 | bodies that hold recruitment exams
323A | special courts for service matters
324 | independent body that conducts polls
326 | everyone above eighteen may vote
330 | seats set aside for Dalits and Adivasis in the lower house
338 | national watchdog for Dalits
338A | national watchdog for tribals
340 | inquiring into the condition of OBCs
343 | Hindi in Devanagari for official use
350A | teaching small children in their mother tongue
352 | declaring emergency in case of war or armed rebellion
355 | centre must protect provinces from attack and disturbance
356 | breakdown of government in a province
358,359 | freedoms suspended during an emergency
360 | threat to the financial stability of the country
361 | head of state can't be prosecuted
365 | when a province ignores the centre's orders
368 | how the document itself can be altered
370 | special status of Kashmir
371A | Naga customs are protected
`

/** By number, in the ways they are written; the target is the article itself. */
const NUMBERS = `
356 | Art. 356
356 | Article 356
356 | अनुच्छेद 356
356 | अनुच्छेद ३५६
356 | art 356
21A | Article 21A
21A | Article 21-A
21 | Art.21
32 | Article 32
370 | अनु. 370
14 | what does article 14 say
17 | आर्टिकल 17
280 | article no. 280
243G | Art 243G
300A | Art. 300 A
368 | अनुच्छेद ३६८
44 | Article 44
110 | Articles 110
51A | Article 51A duties
19 | article 19(1)(a)
72 | Art 72 pardon
123 | anuchchhed 123
`

const read = (lines: string): ArticleQuery[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [articles = '', query = ''] = line.split(' | ')
      return { articles: articles.split(','), query }
    })

export const CONSTITUTION_SUBJECTS: readonly ArticleQuery[] = read(SUBJECTS)
export const CONSTITUTION_NUMBERS: readonly ArticleQuery[] = read(NUMBERS)
