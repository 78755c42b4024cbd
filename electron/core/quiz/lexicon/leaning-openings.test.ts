import { describe, expect, it } from 'vitest'
import { leaningOpening } from './leaning-openings.ts'

describe('leaningOpening', () => {
  it.each([
    ['Herein lies the strength of the Constitution of India.', 'Herein'],
    ['Thereupon the Viceroy called the leaders of both parties to Simla.', 'Thereupon'],
    ['Likewise the Governor of a State is appointed by the President.', 'Likewise'],
    ['Thus the Rajya Sabha is a permanent house.', 'Thus'],
    ['“Thus, the Rajya Sabha is a permanent house.”', 'Thus'],
    ['In addition, the Council has a secretariat of its own.', 'In addition'],
    ['In the same year, Nehru presided over the session at Lahore.', 'In the same year'],
    ['On the other hand the Lok Sabha is elected directly.', 'On the other hand'],
    ['Apart from this, there were forty-four sessions.', 'Apart from this'],
    ['Shortly thereafter Parliament was dissolved.', 'Shortly thereafter'],
    ['इसी प्रकार राज्यपाल की नियुक्ति राष्ट्रपति करता है।', 'इसी'],
    ['इसके अतिरिक्त, परिषद का एक सचिवालय होता है।', 'इसके'],
    ['तत्पश्चात् वायसराय ने नेताओं को शिमला बुलाया।', 'तत्पश्चात्'],
    ['दूसरी ओर लोकसभा सीधे चुनी जाती है।', 'दूसरी ओर'],
    ['दूसरा, परिषद का एक सचिवालय होता है।', 'दूसरा'],
    ['परिणामस्वरूप 1905 में बंगाल का विभाजन हुआ।', 'परिणामस्वरूप'],
  ])('finds it in “%s”', (text, opening) => {
    expect(leaningOpening(text)).toBe(opening)
  })

  it.each([
    'In addition to the Speaker there is a Deputy Speaker in the Lok Sabha.',
    'In contrast to the Lok Sabha, the Rajya Sabha is never dissolved.',
    'There are two houses of Parliament in India.',
    'Besides the Prime Minister, the Council has other ministers.',
    'The Otherland is a novel of four volumes.',
    'Thusitha is one of the heavens of the Buddhists.',
    'Next-generation sequencing reads millions of fragments at once.',
    'The same-sex ward was closed in 1950.',
    'Later Vedic texts speak of the two assemblies.',
    'The former princely states joined the Union by 1949.',
    'In return for the diwani the Company paid the Emperor a tribute.',
    'In the event of a tie the Speaker has a casting vote.',
    'To the north of India lie the Himalayas.',
    'दूसरा विश्व युद्ध 1939 में शुरू हुआ।',
    'अन्य पिछड़ा वर्ग को 27 प्रतिशत आरक्षण मिला।',
    'इसरो ने 1975 में आर्यभट्ट का प्रक्षेपण किया।',
    'यहूदी धर्म विश्व के प्राचीन धर्मों में से एक है।',
    'उसमानिया विश्वविद्यालय 1918 में स्थापित हुआ।',
    'वेद चार हैं और उनमें ऋग्वेद सबसे प्राचीन है।',
  ])('finds none in “%s”', (text) => {
    expect(leaningOpening(text)).toBeUndefined()
  })
})
