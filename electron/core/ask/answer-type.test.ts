import { describe, expect, it } from 'vitest'
import { wordsOf } from '../search/query-words.ts'
import { answerFit, answerType } from './answer-type.ts'

describe('what a question wants', () => {
  it.each([
    ['How many members does the Rajya Sabha have?', 'count'],
    ['For how many years is the President elected?', 'duration'],
    ['How long is the term of the Lok Sabha?', 'duration'],
    ['At what age may a citizen vote?', 'age'],
    ['When did the Constitution come into force?', 'date'],
    ['In which year was it adopted?', 'date'],
    ['Which article provides for the Election Commission?', 'article'],
    ['Which amendment lowered the voting age?', 'amendment'],
    ['In which schedule are these listed?', 'schedule'],
    ['Who chaired the Drafting Committee?', 'person'],
    ['Who appoints the Governor?', 'doer'],
    ['Who can amend the Constitution?', 'doer'],
    ['What share of the votes did it win?', 'share'],
    ['In which country is there no written constitution?', 'place'],
    ['How large is the population of Sikkim?', 'amount'],
    ['Why do we need a constitution?', 'open'],
    ['Who steps in when the President dies in office?', 'doer'],
    ['Since which census has the number of constituencies stayed the same?', 'date'],
    ['What is the number of members?', 'count'],
    ['What is labour without pay called?', 'name'],
    ['By what other name does this method go?', 'name'],
    ['कितने वर्ष का कार्यकाल होता है?', 'duration'],
    ['संविधान कब लागू हुआ?', 'date'],
  ])('%s wants a %s', (question, type) => {
    expect(answerType(question).type).toBe(type)
  })
})

describe('how well a sentence holds it', () => {
  const holds = (question: string, sentence: string) =>
    answerFit(
      answerType(question),
      sentence,
      new Set(wordsOf(question).flatMap(({ stem, stop }) => (stop ? [] : [stem]))),
    )

  it('asks of a count that it counts the asked things', () => {
    const question = 'How many High Courts are there in India?'
    expect(holds(question, 'There are 25 High Courts in India.')).toBe(1)
    const elsewhere = holds(question, 'High Courts were set up in 1862, and five judges sit in each.') ?? 1
    expect(elsewhere).toBeLessThan(0.5)
    expect(holds(question, 'The High Courts stand below the Supreme Court.')).toBe(0)
  })

  it.each([
    ['When was the Assembly reconvened?', 'It met again on 14 August 1947.', 'It met again after the partition.'],
    ['Which article deals with amendment?', 'Article 368 lays down the procedure.', 'Amendment is difficult.'],
    ['How long is the term of a member?', 'A member sits for six years.', 'A member can be elected again.'],
    ['How long a sentence bars a candidate?', 'Two or more years in prison bar him.', 'A long sentence bars him.'],
    ['Under which article is it a right?', 'It is one under article 300 A.', 'It is one of all persons.'],
    ['Which amendments undid it?', 'The 43rd and 44th amendments cancelled most.', 'Later amendments did.'],
    ['What share of seats is kept for women?', 'One-third of the seats are reserved.', 'Seats are reserved for women.'],
  ])('tells for “%s” what can answer it', (question, yes, no) => {
    expect(holds(question, yes)).toBe(1)
    expect(holds(question, no)).toBe(0)
  })

  it('takes a name for a person that the question did not bring along, and no body of a state', () => {
    const question = 'Who was Sarpanch of Vengaivasal?'
    expect(holds(question, 'The village chose Geeta Rathore as its Sarpanch.')).toBeGreaterThan(0.8)
    expect(holds(question, 'She was Sarpanch of Vengaivasal in Tamil Nadu.')).toBeLessThan(0.5)
  })

  it('says nothing where the question tells nothing of its answer’s looks', () => {
    expect(holds('Why do we need a constitution?', 'It limits the power of the government.')).toBeUndefined()
  })
})
