/** A question whose answer stands on a page of the polity chapters. */
export interface PageQuestion {
  /** Ends of the chapter's file name: 201 to 210. */
  chapter: string
  /** Pages that answer it, from 1. */
  pages: readonly number[]
  question: string
}

/**
 * Asked as by somebody who has not the book open: most share few or no topic words
 * with the passage that answers them. One a line: chapter | pages | question.
 */
const QUESTIONS = `
201 | 2,3 | How can people who hardly resemble one another share a home without fighting?
201 | 3 | Why must the norms of a community be backed by a penalty?
201 | 4 | Which document settles whose wishes become binding on everyone?
201 | 4 | Who had the last word in the communist state of the twentieth century?
201 | 5 | What gives the lawmaking body its mandate in the first place?
201 | 6 | Why put some liberties beyond the reach of those in office?
201 | 6 | When may basic liberties be suspended for a while?
201 | 7 | Which nation had to undo a legacy of white supremacy through its founding law?
201 | 8 | Which Asian country's founding law obliges the state to care for poor orphans?
201 | 9 | Do Indians have to belong to one bloodline to be nationals?
201 | 9 | Which European people saw themselves as one ethnic stock?
201 | 11 | Which country has no single codified charter but many scattered ones?
201 | 11 | Why do charters written by army rulers end up useless?
201 | 12 | Were ordinary people asked to approve the founding law in a direct ballot?
201 | 12 | When did the Himalayan kingdom get rid of its king?
201 | 13 | What stops any one organ from hijacking the whole system?
201 | 13,14 | What goes wrong when the founding law is too hard or too easy to alter?
201 | 15 | How were the founders who wrote the law picked, given there was no general ballot?
201 | 15 | What seats did the maharajas' domains receive in the body of founders?
201 | 15 | Which three ideals did the chief draftsman call inseparable?
201 | 16 | How many founders finally put their names to the text?
201 | 16 | How did the division of the country change the size of the founding body?
201 | 16 | Which party held most of the places among the founders?
201 | 17 | Which clause went through with almost no argument?
201 | 18 | Who led the different working groups that prepared the text?
201 | 18 | Who praised the ailing leader of the panel that wrote the draft?
201 | 19 | Which speech-turned-motion by the first Prime Minister set out the founders' goals?
201 | 21 | Did the founders simply copy what other nations had?
201 | 22 | Which features were taken over from Britain, Ireland, France and Canada?
202 | 2 | What happened to the labourers who built the stadiums for the games in the capital?
202 | 2 | Who was locked up for half a century though doctors said he was well?
202 | 3 | Which leader's panel wanted guaranteed liberties two decades before freedom?
202 | 4 | Which country forbids unequal treatment even for being pregnant or unmarried?
202 | 4 | How do guaranteed liberties differ from those made by an everyday statute?
202 | 7 | Are honorary titles such as Sir allowed?
202 | 8 | Is keeping government posts for backward groups against equal treatment?
202 | 9 | What must the police do within a day of taking somebody in?
202 | 10 | Does the guarantee of life cover having a roof and a way to earn?
202 | 10 | For how long can a suspect be held before having done anything wrong?
202 | 10 | How big may a gathering be before officials can call it illegal?
202 | 11 | Can a person be made to testify against themselves or be tried twice?
202 | 11 | Which member complained that our liberties were written from a constable's viewpoint?
202 | 12 | Is making people work without wages a crime?
202 | 13 | Up to what age is it illegal to put kids to work in hazardous places?
202 | 13 | Which faith-related customs did the state outlaw for the good of society?
202 | 14 | May one be compelled to change one's faith?
202 | 15 | Can small language groups run schools of their own?
202 | 16 | What order makes the police produce a detained person in court?
202 | 16 | What can a court do about an official who neglects his task?
202 | 16 | What order removes a person who occupies a post without being entitled to it?
202 | 17 | Who sits on the body that looks into abuses such as deaths in custody?
202 | 17 | Can the rights watchdog punish offenders itself?
202 | 18 | Why can nobody sue the government for ignoring the guidelines on policy?
202 | 19 | When were the obligations of citizens written into the document?
202 | 20,21 | How do the guaranteed liberties and the policy guidelines complete each other?
202 | 21 | Why is owning land no longer a guaranteed liberty?
202 | 23 | Which nineteenth-century social reformer linked freedom with equal standing?
203 | 1 | Why does a game need a neutral referee?
203 | 2 | Where in antiquity did citizens themselves decide public matters?
203 | 3 | Why would a dictator bother to hold polls?
203 | 6 | In which year did one party take four fifths of the seats with under half of the ballots?
203 | 7 | Can somebody win a constituency with less than half of the ballots?
203 | 7 | What becomes of the ballots given to those who lose?
203 | 8 | What is the least share of ballots a list needs to enter the Knesset?
203 | 10 | How do state legislators rank contenders for the upper chamber?
203 | 10,11 | Why did the founders pick the simpler way of counting winners?
203 | 12 | How does our way of polling help make cabinets last?
203 | 13 | When did India begin to see governments of many partners?
203 | 13 | Who thought that voting by separate community rolls was a curse?
203 | 14 | Till which year do the set-aside seats for Dalits and tribals run?
203 | 14 | Who pleaded for the tribal people in the founding body?
203 | 15 | Who redraws the borders of voting districts?
203 | 15 | Which recent law sets aside a share of the national seats for female candidates?
203 | 16 | When was the age of voters lowered, and from what?
203 | 17 | Who is barred from standing because of a jail sentence?
203 | 17 | How old must a candidate for the lower house be?
203 | 18 | Is the national poll body in charge of village polls?
203 | 18 | When did the poll body come to have more than one member?
203 | 19 | How long do the poll commissioners serve?
203 | 20 | Who hands out party emblems?
203 | 20 | Can polling be held again at one booth or seat?
203 | 21 | Which leader's murder interrupted a national poll?
203 | 21 | Why were polls delayed in a western state in 2002?
203 | 23 | What could be done about cash in politics?
204 | 2 | What do we call officials who stay on whoever governs?
204 | 3 | Which country combines an emperor with an elected chief of government?
204 | 5 | How can the island neighbour's president be thrown out?
204 | 6 | Why were the founders afraid of hero worship?
204 | 7 | Who votes for the head of state?
204 | 7 | Must the head of state do as the cabinet tells him?
204 | 8 | What did Nehru say about the dignity of the figurehead?
204 | 9 | Which proposal to limit the press was left lying unsigned?
204 | 10 | How can the head of state block a law just by doing nothing?
204 | 10 | How did Narayanan handle a parliament in which nobody had won?
204 | 11 | Who steps in when the head of state dies?
204 | 13 | Can an outsider who holds no seat join the cabinet?
204 | 14 | How large may a cabinet be?
204 | 15 | Why does one lost vote against a single minister bring down all of them?
204 | 15 | What nickname did Nehru give to the office of the PM?
204 | 16 | How did alliances of parties weaken the head of government?
204 | 17 | What are the trained permanent staff of the government called?
204 | 18 | Who holds the examinations that choose central officers?
204 | 18 | Why should officials take no political side?
204 | 19 | Who can punish a district collector?
205 | 2 | Has the national assembly lost its importance to ministers?
205 | 3 | Which price rise was withdrawn after uproar among members?
205 | 5 | What good does a second chamber do?
205 | 6 | Why does a tiny hill state send fewer members to the upper chamber than a huge one?
205 | 6 | How are Germany's federal units represented at the centre?
205 | 7 | Which famous people may be named to the upper chamber without election?
205 | 7 | Why is one of the chambers always there?
205 | 9 | Who must agree before people can be taxed?
205 | 10 | What tasks like those of a court does the national assembly have?
205 | 11 | What may only the directly elected chamber do?
205 | 13 | What is a proposal by an ordinary member called?
205 | 14 | What if the upper chamber sits on a spending proposal for two weeks?
205 | 14 | How is a deadlock between the two chambers resolved?
205 | 14 | What are mini legislatures?
205 | 16 | Can a member be sued for what he says on the floor?
205 | 16 | When may members bring up anything they like?
205 | 18 | Which is the strongest weapon for removing a government?
205 | 19 | Since when are there panels that watch over each department?
205 | 21 | What was done in 1985 against turncoats?
205 | 22 | When exactly does a lawmaker count as having switched sides?
206 | 2 | Why should courts be free from pressure?
206 | 3 | Who decides what judges are paid?
206 | 4 | When was seniority ignored in picking the top judge?
206 | 5 | What is the role of the four most senior judges in filling vacancies?
206 | 6 | How did a judge accused of wasting money escape being thrown out?
206 | 7 | How are the tiers of courts arranged?
206 | 9 | Where do two provinces that quarrel go for a ruling?
206 | 10 | Must the head of state heed the opinion he asked of the top court?
206 | 12 | How did it become possible to sue for the sake of others?
206 | 13 | Which prisoner smuggled out a note to a judge?
206 | 14 | What must candidates now reveal about their wealth?
206 | 14,15 | What is the downside of judges being too active?
206 | 16 | What lets courts strike down a statute?
206 | 17 | In which foreign country is suing on behalf of others itself a right?
206 | 19 | Which famous ruling said that the core of the document is untouchable?
206 | 20 | May lawmakers talk about how judges behave?
207 | 1 | What were Karnataka and Tamil Nadu called earlier?
207 | 4 | Why did the Soviet empire fall apart?
207 | 4 | What happened to the union of Caribbean islands?
207 | 5 | Do Indians hold two nationalities, one of their state and one of the nation?
207 | 7 | Which African country is torn over its petroleum money?
207 | 8 | Does our document ever use the term for a union of states with shared power?
207 | 10 | Who makes laws on policing and farming?
207 | 10 | Which topics can both levels legislate on?
207 | 11 | Why did the founders want a powerful capital?
207 | 12 | Who can change the map or the name of a state?
207 | 13 | Can officers posted in a state be dismissed by that state?
207 | 14 | On what basis do soldiers get special powers in troubled areas?
207 | 16 | Which regions protested against being made to use Hindi?
207 | 17 | Who looked into relations between Delhi and the provinces in the eighties?
207 | 17 | For how long can Delhi run a state directly?
207 | 19 | Which provinces were carved out at the turn of the century?
207 | 20 | Which two states quarrel over Belgaum?
207 | 20 | Which rivers are fought over in court?
207 | 22 | What became of the northern state's autonomy in 2019?
208 | 2 | Which housewife became an admired village head?
208 | 4 | Which viceroy started elected boards?
208 | 4 | Who wanted the village to be the seat of power during the freedom movement?
208 | 5 | Why was the chief draftsman suspicious of power in villages?
208 | 6 | What was tried for village development in the early fifties?
208 | 8 | Who belongs to the assembly of the whole village?
208 | 8,9 | What follows when a village council is dismissed early?
208 | 9 | How many seats do women get in rural bodies?
208 | 11 | How are forest dwellers' customs of self-rule protected?
208 | 11 | Who checks the money of rural and town bodies?
208 | 12 | When does the census count a place as a town?
208 | 16 | Which South American country is a model of handing power to towns?
208 | 17 | How much of the nation's revenue do rural bodies raise themselves?
209 | 2 | How many republics has France gone through?
209 | 3 | Should a founding text be holy or open to change?
209 | 5 | What do rigid and flexible mean here?
209 | 7 | How many members must back a change if 400 vote?
209 | 9 | When must half of the provinces agree to a change?
209 | 10,12 | How often has the text been changed so far?
209 | 12 | Which change raised the retiring age of judges?
209 | 15 | Which change made during the Emergency rewrote large parts of the text?
209 | 17 | What is the ceiling on quotas, and who are left out as too well off?
209 | 17 | Which retired judge headed the review of the whole text in 2000?
209 | 20 | Which case of 1980 repeated the limits on changing the text?
210 | 3 | Which nation gave up war for ever?
210 | 5 | Why should students read what the founders said in their debates?
210 | 7 | Which early reformer fought for a free press?
210 | 8 | How does Indian liberalism care for the downtrodden?
210 | 10 | How does the West keep church and state apart?
210 | 11 | Why may the Indian state step into matters of faith?
210 | 12 | When did affirmative action begin in America?
210 | 14 | Which north-eastern state has its own special clause?
210 | 16 | What do critics dislike about the length of the text?
210 | 18 | Who wanted the music of sitar rather than an English band?
210 | 19 | Where does the text fall short on women?
`

export const POLITY_PAGES: readonly PageQuestion[] = QUESTIONS.trim()
  .split('\n')
  .map((line) => {
    const [chapter = '', pages = '', question = ''] = line.split(' | ')
    return { chapter, pages: pages.split(',').map(Number), question }
  })
