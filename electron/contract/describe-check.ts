import type { AnswerCheck, CheckId, Verdict } from './mains.ts'

/**
 * What a check found and what to do about it, in words: one place for the window, the command line and exported
 * answers. {{name}} is a value of the check, {{found}} and {{missing}} its words.
 */
type Words = { found: string; todo?: string }
interface Said {
  checks: Record<CheckId, { title: string; findings: Record<string, Words> }>
  wants: Record<string, string>
  verdicts: Record<Verdict, string>
}

const en: Said = {
  verdicts: { met: 'Met', partly: 'Partly met', unmet: 'Not met', none: 'Does not apply' },
  wants: {
    otherSide: 'the other side',
    judgement: 'your own judgement',
    comparison: 'a comparison',
    reasons: 'reasons',
    examples: 'an example',
    measures: 'measures',
    parts: 'several aspects',
  },
  checks: {
    length: {
      title: 'Length',
      findings: {
        empty: { found: 'Nothing was written.', todo: 'Write even a short answer: a blank one scores nothing.' },
        within: { found: '{{words}} words for a limit of {{limit}}.' },
        under: {
          found: '{{words}} words for a limit of {{limit}}: {{difference}} below the minimum of {{least}}.',
          todo: 'Add one more point with its evidence rather than longer sentences.',
        },
        over: {
          found: '{{words}} words for a limit of {{limit}}: {{difference}} above the maximum of {{most}}.',
          todo: 'Cut what goes past the limit (marked), or what is said twice.',
        },
      },
    },
    time: {
      title: 'Time',
      findings: {
        within: { found: 'Written in {{used}} of {{minutes}} minutes.' },
        over: {
          found: 'Written in {{used}} minutes; the question gives {{minutes}}.',
          todo: 'Plan the points in the first minute, and start the conclusion with a tenth of the time left.',
        },
      },
    },
    introduction: {
      title: 'Introduction',
      findings: {
        empty: {
          found: 'There is none.',
          todo: 'Begin with a sentence or two that define the subject or give its context.',
        },
        missing: {
          found: 'The answer begins with a point of a list.',
          todo: 'Put a sentence or two before it that define the subject or give its context.',
        },
        'one-block': {
          found: 'All of the answer is one paragraph.',
          todo: 'Split it into an introduction, a body and a conclusion, each in its own paragraph.',
        },
        short: { found: '{{words}} words, {{percent}}% of the answer.', todo: 'Say in it what the answer is about.' },
        long: {
          found: '{{words}} words, {{percent}}% of the answer.',
          todo: 'Keep it to about a fifth: the marks are in the body.',
        },
        off: {
          found: 'It uses none of the question’s words.',
          todo: 'Use a word of the question in the first sentence.',
        },
        good: { found: '{{words}} words that address the question, {{percent}}% of the answer.' },
      },
    },
    body: {
      title: 'Body',
      findings: {
        empty: { found: 'There is none.', todo: 'Give two or three points, each in a paragraph or a line of its own.' },
        'one-block': {
          found: 'There is nothing between the beginning and the end.',
          todo: 'Give each point a paragraph or a line of its own.',
        },
        few: {
          found: 'Paragraphs: {{paragraphs}}, points: {{points}}. For this length {{wanted}} parts are usual.',
          todo: 'Split the longest paragraph, or add a point.',
        },
        lopsided: {
          found: 'One part takes more than half of the answer.',
          todo: 'Split it, so that each point can be seen at a glance.',
        },
        good: { found: 'Paragraphs: {{paragraphs}}, points: {{points}}, headings: {{headings}}.' },
      },
    },
    conclusion: {
      title: 'Conclusion',
      findings: {
        empty: { found: 'There is none.', todo: 'End with a sentence that answers the question.' },
        missing: {
          found: 'The answer ends in a point of a list.',
          todo: 'End with a sentence or two: the answer in short, or the way forward.',
        },
        short: {
          found: '{{words}} words, {{percent}}% of the answer.',
          todo: 'Say what follows from the points above.',
        },
        long: { found: '{{words}} words, {{percent}}% of the answer.', todo: 'No new points here: say what follows.' },
        abrupt: {
          found: 'The last paragraph neither comes back to the question nor judges or proposes anything.',
          todo: 'End with what follows: “thus …”, “the way forward …”.',
        },
        good: { found: '{{words}} words, {{percent}}% of the answer.' },
      },
    },
    directive: {
      title: 'Directive',
      findings: {
        'no-directive': { found: 'No known directive was found in the question.' },
        followed: { found: 'Found: {{found}}.' },
        lacks: {
          found: 'Found: {{found}}. Not enough of: {{missing}}.',
          todo: 'Add sentences that show it. They are looked for by words such as “however”, “because”, “thus”, “for example”.',
        },
        missing: {
          found: 'Not enough of: {{missing}}.',
          todo: 'Add sentences that show it. They are looked for by words such as “however”, “because”, “thus”, “for example”.',
        },
      },
    },
    relevance: {
      title: 'Relevance',
      findings: {
        'no-topic': { found: 'The question has no words to compare with.' },
        off: {
          found: '{{percent}}% of the question’s words are used. Missing: {{missing}}.',
          todo: 'Read the question again, and answer each of its parts in its own words.',
        },
        thin: {
          found: '{{percent}}% of the question’s words are used. Missing: {{missing}}.',
          todo: 'Cover what is missing, each in its own point.',
        },
        strays: {
          found: 'Parts that mention neither the question nor its topic: {{strays}}.',
          todo: 'Tie each marked part to the question, or leave it out.',
        },
        good: { found: '{{percent}}% of the question’s words are used.' },
      },
    },
    keywords: {
      title: 'Key terms of the topic',
      findings: {
        'no-head': { found: 'The question belongs to no syllabus topic.' },
        none: { found: 'None of the topic’s key terms was found.', todo: 'Some that may fit: {{missing}}.' },
        few: {
          found: 'Found: {{found}}. For this length {{wanted}} are usual.',
          todo: 'Others that may fit: {{missing}}.',
        },
        enough: { found: 'Found: {{found}}.' },
      },
    },
    specifics: {
      title: 'Facts',
      findings: {
        none: {
          found: 'No article, year, figure, act, case or committee was found.',
          todo: 'Give at least {{wanted}} that can be looked up.',
        },
        few: {
          found: 'Found: {{found}}. For this length {{wanted}} are usual.',
          todo: 'Add a year, an article or a figure.',
        },
        enough: { found: 'Found: {{found}}.' },
      },
    },
    sentences: {
      title: 'Sentences',
      findings: {
        empty: { found: 'There are none.' },
        long: {
          found: 'Sentences of more than {{most}} words: {{long}} (marked). The average is {{average}}.',
          todo: 'Split them: one thought per sentence.',
        },
        good: { found: '{{average}} words on average, none above {{most}}.' },
      },
    },
  },
}

const hi: Said = {
  verdicts: { met: 'पूरा', partly: 'आंशिक', unmet: 'पूरा नहीं', none: 'लागू नहीं' },
  wants: {
    otherSide: 'दूसरा पक्ष',
    judgement: 'अपना निर्णय',
    comparison: 'तुलना',
    reasons: 'कारण',
    examples: 'उदाहरण',
    measures: 'उपाय',
    parts: 'कई पहलू',
  },
  checks: {
    length: {
      title: 'लंबाई',
      findings: {
        empty: { found: 'कुछ नहीं लिखा गया।', todo: 'छोटा ही सही, उत्तर लिखें: ख़ाली उत्तर पर अंक नहीं मिलते।' },
        within: { found: '{{limit}} की सीमा में {{words}} शब्द।' },
        under: {
          found: '{{limit}} की सीमा में {{words}} शब्द: न्यूनतम {{least}} से {{difference}} कम।',
          todo: 'वाक्य लंबे करने के बजाय प्रमाण सहित एक और बिंदु जोड़ें।',
        },
        over: {
          found: '{{limit}} की सीमा में {{words}} शब्द: अधिकतम {{most}} से {{difference}} अधिक।',
          todo: 'सीमा के बाद का भाग (चिह्नित) या दोहराव काटें।',
        },
      },
    },
    time: {
      title: 'समय',
      findings: {
        within: { found: '{{minutes}} में से {{used}} मिनट में लिखा गया।' },
        over: {
          found: '{{used}} मिनट में लिखा गया; इसके लिए {{minutes}} मिनट हैं।',
          todo: 'पहले मिनट में बिंदु तय करें, और समय का नब्बे प्रतिशत बीतने पर निष्कर्ष लिखें।',
        },
      },
    },
    introduction: {
      title: 'भूमिका',
      findings: {
        empty: { found: 'भूमिका नहीं है।', todo: 'एक-दो वाक्यों में विषय की परिभाषा या संदर्भ देकर शुरू करें।' },
        missing: {
          found: 'उत्तर सूची के बिंदु से शुरू होता है।',
          todo: 'उससे पहले एक-दो वाक्यों में परिभाषा या संदर्भ दें।',
        },
        'one-block': {
          found: 'पूरा उत्तर एक ही पैराग्राफ़ में है।',
          todo: 'इसे बाँटें: भूमिका, मुख्य भाग, निष्कर्ष, हर एक अलग पैराग्राफ़ में।',
        },
        short: { found: '{{words}} शब्द, उत्तर का {{percent}}%।', todo: 'इसमें बताएँ कि उत्तर किस बारे में है।' },
        long: { found: '{{words}} शब्द, उत्तर का {{percent}}%।', todo: 'इसे लगभग पाँचवें भाग तक रखें: अंक मुख्य भाग में हैं।' },
        off: { found: 'इसमें प्रश्न का कोई शब्द नहीं है।', todo: 'पहले वाक्य में प्रश्न का कोई शब्द लें।' },
        good: { found: 'प्रश्न से जुड़े {{words}} शब्द, उत्तर का {{percent}}%।' },
      },
    },
    body: {
      title: 'मुख्य भाग',
      findings: {
        empty: { found: 'मुख्य भाग नहीं है।', todo: 'दो-तीन बिंदु दें, हर एक अलग पैराग्राफ़ या पंक्ति में।' },
        'one-block': { found: 'शुरुआत और अंत के बीच कुछ नहीं है।', todo: 'हर बिंदु को अलग पैराग्राफ़ या पंक्ति दें।' },
        few: {
          found: 'पैराग्राफ़: {{paragraphs}}, बिंदु: {{points}}। इस लंबाई में सामान्यतः {{wanted}} भाग होते हैं।',
          todo: 'सबसे लंबा पैराग्राफ़ बाँटें या एक बिंदु जोड़ें।',
        },
        lopsided: { found: 'एक ही भाग आधे से अधिक उत्तर घेर लेता है।', todo: 'इसे बाँटें, ताकि हर बिंदु एक नज़र में दिखे।' },
        good: { found: 'पैराग्राफ़: {{paragraphs}}, बिंदु: {{points}}, शीर्षक: {{headings}}।' },
      },
    },
    conclusion: {
      title: 'निष्कर्ष',
      findings: {
        empty: { found: 'निष्कर्ष नहीं है।', todo: 'प्रश्न का उत्तर देने वाले वाक्य से अंत करें।' },
        missing: {
          found: 'उत्तर सूची के बिंदु पर समाप्त होता है।',
          todo: 'एक-दो वाक्यों से अंत करें: संक्षेप में उत्तर, या आगे की राह।',
        },
        short: { found: '{{words}} शब्द, उत्तर का {{percent}}%।', todo: 'बताएँ कि ऊपर के बिंदुओं से क्या निकलता है।' },
        long: { found: '{{words}} शब्द, उत्तर का {{percent}}%।', todo: 'यहाँ नए बिंदु न जोड़ें: बताएँ कि क्या निकलता है।' },
        abrupt: {
          found: 'अंतिम पैराग्राफ़ न प्रश्न पर लौटता है, न निर्णय या प्रस्ताव देता है।',
          todo: 'जो निकलता है उससे अंत करें: “अतः …”, “आगे की राह …”।',
        },
        good: { found: '{{words}} शब्द, उत्तर का {{percent}}%।' },
      },
    },
    directive: {
      title: 'निर्देश',
      findings: {
        'no-directive': { found: 'प्रश्न में कोई जाना-पहचाना निर्देश नहीं मिला।' },
        followed: { found: 'मिला: {{found}}।' },
        lacks: {
          found: 'मिला: {{found}}। पर्याप्त नहीं मिला: {{missing}}।',
          todo: 'ऐसे वाक्य जोड़ें जो यह दिखाएँ। इन्हें “हालाँकि”, “क्योंकि”, “अतः”, “उदाहरण के लिए” जैसे शब्दों से खोजा जाता है।',
        },
        missing: {
          found: 'पर्याप्त नहीं मिला: {{missing}}।',
          todo: 'ऐसे वाक्य जोड़ें जो यह दिखाएँ। इन्हें “हालाँकि”, “क्योंकि”, “अतः”, “उदाहरण के लिए” जैसे शब्दों से खोजा जाता है।',
        },
      },
    },
    relevance: {
      title: 'प्रासंगिकता',
      findings: {
        'no-topic': { found: 'प्रश्न में तुलना के लिए शब्द नहीं हैं।' },
        off: {
          found: 'उत्तर में प्रश्न के {{percent}}% शब्द आए। नहीं मिले: {{missing}}।',
          todo: 'प्रश्न फिर पढ़ें, और उसके हर भाग का उत्तर उसी के शब्दों में दें।',
        },
        thin: {
          found: 'उत्तर में प्रश्न के {{percent}}% शब्द आए। नहीं मिले: {{missing}}।',
          todo: 'जो छूटा है उसे अलग बिंदु में लें।',
        },
        strays: {
          found: 'ऐसे भाग जिनमें प्रश्न या विषय का कोई शब्द नहीं: {{strays}}।',
          todo: 'हर चिह्नित भाग को प्रश्न से जोड़ें या हटाएँ।',
        },
        good: { found: 'उत्तर में प्रश्न के {{percent}}% शब्द आए।' },
      },
    },
    keywords: {
      title: 'विषय के मुख्य शब्द',
      findings: {
        'no-head': { found: 'प्रश्न पाठ्यक्रम के किसी विषय से नहीं जुड़ा।' },
        none: { found: 'विषय का कोई मुख्य शब्द नहीं मिला।', todo: 'ये उपयुक्त हो सकते हैं: {{missing}}।' },
        few: {
          found: 'मिले: {{found}}। इस लंबाई में सामान्यतः {{wanted}} होते हैं।',
          todo: 'ये भी उपयुक्त हो सकते हैं: {{missing}}।',
        },
        enough: { found: 'मिले: {{found}}।' },
      },
    },
    specifics: {
      title: 'तथ्य',
      findings: {
        none: {
          found: 'कोई अनुच्छेद, वर्ष, आँकड़ा, अधिनियम, वाद या समिति नहीं मिली।',
          todo: 'कम से कम {{wanted}} ऐसे तथ्य दें जिन्हें जाँचा जा सके।',
        },
        few: {
          found: 'मिले: {{found}}। इस लंबाई में सामान्यतः {{wanted}} होते हैं।',
          todo: 'कोई वर्ष, अनुच्छेद या आँकड़ा जोड़ें।',
        },
        enough: { found: 'मिले: {{found}}।' },
      },
    },
    sentences: {
      title: 'वाक्य',
      findings: {
        empty: { found: 'कोई वाक्य नहीं है।' },
        long: {
          found: '{{most}} से अधिक शब्दों के वाक्य: {{long}} (चिह्नित)। औसत {{average}} है।',
          todo: 'इन्हें बाँटें: एक वाक्य में एक विचार।',
        },
        good: { found: 'वाक्य में औसतन {{average}} शब्द, {{most}} से लंबा कोई नहीं।' },
      },
    },
  },
}

const LANGUAGES = { en, hi }

export interface DescribedCheck {
  title: string
  verdict: string
  /** What was found. */
  found: string
  /** What to do; undefined where nothing is to be done. */
  todo?: string
}

/** A check in words. */
export function describeCheck(check: AnswerCheck, language: 'en' | 'hi'): DescribedCheck {
  const said = LANGUAGES[language]
  const { title, findings } = said.checks[check.id]
  const words = findings[check.finding] ?? { found: said.verdicts[check.verdict] }
  const names = (list: readonly string[]) =>
    (check.id === 'directive' ? list.map((want) => said.wants[want] ?? want) : list).join(', ')
  const fill = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      if (check.id !== 'length' && name === 'found' && !(name in check.values && check.found.length === 0)) {
        return names(check.found)
      }
      if (name === 'missing') return names(check.missing)
      const value = check.values[name]
      return value === undefined ? '' : value.toLocaleString(language === 'hi' ? 'hi-IN' : 'en-IN')
    })
  const todo = words.todo !== undefined && !/\{\{missing\}\}/.test(words.todo) ? words.todo : undefined
  const listed = words.todo !== undefined && check.missing.length > 0 ? words.todo : todo
  return {
    title,
    verdict: said.verdicts[check.verdict],
    found: fill(words.found),
    ...(listed !== undefined && { todo: fill(listed) }),
  }
}

/** The name of a check. */
export function checkTitle(id: CheckId, language: 'en' | 'hi'): string {
  return LANGUAGES[language].checks[id].title
}

/** Every finding that has words; for proving that none is left out. */
export function knownFindings(id: CheckId, language: 'en' | 'hi'): string[] {
  return Object.keys(LANGUAGES[language].checks[id].findings)
}
