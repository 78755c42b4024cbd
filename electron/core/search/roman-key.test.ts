import { describe, expect, it } from 'vitest'
import { foldWord } from './query-words.ts'
import { romanize, romanKey, soundFrame, spellBySound } from './roman-key.ts'

/** Spellings as they are met in chats and search boxes. */
const SPELLINGS: Record<string, string[]> = {
  संविधान: ['samvidhan', 'sanvidhan', 'samvidhaan', 'Samvidhan'],
  मौलिक: ['maulik', 'moulik'],
  अधिकार: ['adhikar', 'adhikaar'],
  राज्यपाल: ['rajyapal', 'raajyapaal'],
  राष्ट्रपति: ['rashtrapati', 'raashtrapati', 'rashtrpati'],
  सरकार: ['sarkar', 'sarkaar'],
  अनुच्छेद: ['anuchchhed', 'anuched', 'anuchhed', 'anucched'],
  न्यायालय: ['nyayalay', 'nyayalaya', 'nyaayalay'],
  विज्ञान: ['vigyan', 'vigyaan'],
  क्षेत्र: ['kshetra', 'kshetr', 'xetra'],
  पंचायत: ['panchayat', 'panchaayat'],
  समिति: ['samiti', 'samitee'],
  प्रकृति: ['prakriti'],
  हिन्दी: ['hindi', 'hindee'],
  फ़सल: ['fasal', 'phasal'],
  भारतीय: ['bhartiya', 'bharatiya'],
  समाजवाद: ['samajvad', 'samaajvaad'],
  इस्लामवाद: ['islamvad', 'islamvaad'],
}

/** English words as Hindi writes them. */
const BORROWED: Record<string, string> = {
  ऑक्सीजन: 'oxygen',
  फार्मेसी: 'pharmacy',
  जर्मनी: 'germany',
  कंप्यूटर: 'computer',
  यूनिवर्सिटी: 'university',
  यूरोप: 'europe',
  टेक्निक: 'technique',
  क्लोरोफिल: 'chlorophyll',
  लाइब्रेरी: 'library',
  न्यूटन: 'newton',
  नेशनल: 'national',
  पुलिस: 'police',
}

describe('romanKey', () => {
  it.each(Object.entries(SPELLINGS))('brings %s and %j to one key', (hindi, latin) => {
    const key = romanKey(foldWord(hindi))
    expect(latin.map(romanKey)).toEqual(latin.map(() => key))
  })

  it('keeps words that sound different apart', () => {
    const words = ['दिन', 'दान', 'धन', 'दीन'].map((word) => romanKey(foldWord(word)))
    expect(words[0]).not.toBe(words[1])
    expect(romanKey('kendra')).not.toBe(romanKey('rajya'))
  })
})

describe('soundFrame', () => {
  it.each(Object.entries(BORROWED))('is one of %s and of %s, read as English', (hindi, english) => {
    expect(soundFrame(romanKey(spellBySound(english)))).toBe(soundFrame(romanKey(foldWord(hindi))))
  })

  it('keeps words of other consonants, and those that begin with a vowel, apart', () => {
    const frames = ['police', 'policy', 'apply', 'supply'].map((word) => soundFrame(romanKey(spellBySound(word))))
    expect(frames).toEqual(['pls', 'pls', 'apl', 'spl'])
  })
})

describe('romanize', () => {
  it('spells a word as it is read, the last inherent vowel left out', () => {
    expect(romanize('राज्यपाल')).toBe('rajyapal')
    expect(romanize('संविधान')).toBe('sanvidhan')
  })
})
