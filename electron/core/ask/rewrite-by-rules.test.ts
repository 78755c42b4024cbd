import { describe, expect, it } from 'vitest'
import { dependsOnTurns, rewriteByRules } from './rewrite-by-rules.ts'

const following = (question: string, answer = '') => [{ question, answer }]

describe('a follow-up in English', () => {
  it.each([
    ['How are members of the Rajya Sabha elected?', 'and its powers?', 'What about the powers of the Rajya Sabha?'],
    [
      'How are members of the Lok Sabha elected?',
      'What about the Rajya Sabha?',
      'How are members of the Rajya Sabha elected?',
    ],
    [
      'How are members of the Lok Sabha elected?',
      'what about Rajya Sabha?',
      'How are members of the Rajya Sabha elected?',
    ],
    ['Is the Rajya Sabha ever dissolved?', 'Why?', 'Why is the Rajya Sabha ever dissolved?'],
    ['What is a money bill?', 'Where can it be introduced?', 'Where can a money bill be introduced?'],
    ['Why do we need a constitution?', 'Who makes it?', 'Who makes a constitution?'],
    ['What is judicial review?', 'Who has this power?', 'Who has the power of judicial review?'],
    [
      'What is the Election Commission of India?',
      'How are its members appointed?',
      'How are the members of the Election Commission of India appointed?',
    ],
    [
      'What did the 73rd amendment change?',
      'When did it come into force?',
      'When did the 73rd amendment come into force?',
    ],
    ['What is the Gram Sabha?', 'tell me more', 'What more is said about the Gram Sabha?'],
    ['What is the Gram Sabha?', 'and the members?', 'What about the members of the Gram Sabha?'],
  ])('after “%s”, “%s” means “%s”', (before, question, expected) => {
    expect(dependsOnTurns(question)).toBe(true)
    expect(rewriteByRules(question, following(before))).toBe(expected)
  })

  it('takes he and his for the person whom the answer named', () => {
    const turns = following(
      'Who chaired the Drafting Committee?',
      'It was chaired by B. R. Ambedkar, who piloted the draft.',
    )
    expect(rewriteByRules('Why did he resign?', turns)).toBe('Why did B. R. Ambedkar resign?')
  })

  it.each([
    'What is the term of the Rajya Sabha?',
    'Does the Lok Sabha lose its power when it is dissolved?',
    'Why is it said that the Constitution is a living document?',
    'Which soil is best for cotton?',
    'Define federalism',
  ])('is none where the question stands alone: %s', (question) => {
    expect(dependsOnTurns(question)).toBe(false)
  })

  it('stays as it is where the turn before has no topic', () => {
    expect(rewriteByRules('why?', following('Why?'))).toBeUndefined()
  })
})

describe('a follow-up in Hindi', () => {
  it.each([
    ['राज्यसभा का कार्यकाल कितना होता है?', 'और इसके सदस्य कैसे चुने जाते हैं?', 'राज्यसभा के सदस्य कैसे चुने जाते हैं?'],
    ['राज्यसभा का कार्यकाल कितना होता है?', 'और लोकसभा का?', 'लोकसभा का कार्यकाल कितना होता है?'],
    ['ग्राम सभा क्या है?', 'यह कब बैठती है?', 'ग्राम सभा कब बैठती है?'],
    ['राज्यसभा भंग कब होती है?', 'क्यों?', 'राज्यसभा भंग क्यों होती है?'],
    ['ग्राम सभा क्या है?', 'इसे कौन बुलाता है?', 'ग्राम सभा को कौन बुलाता है?'],
    ['ग्राम सभा क्या है?', 'और बताइए', 'ग्राम सभा के बारे में और क्या लिखा है?'],
  ])('after “%s”, “%s” means “%s”', (before, question, expected) => {
    expect(dependsOnTurns(question)).toBe(true)
    expect(rewriteByRules(question, following(before))).toBe(expected)
  })

  it.each(['पंचायतों का कार्यकाल कितने वर्ष का होता है?', 'संविधान सभा की पहली बैठक कब हुई?'])(
    'is none where the question stands alone: %s',
    (question) => {
      expect(dependsOnTurns(question)).toBe(false)
    },
  )
})
