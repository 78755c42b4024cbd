import type { home as English } from '../en/home.ts'
import type { Translation } from '../translation.ts'

export const home: Translation<typeof English> = {
  title: 'होम',
  greeting: {
    morning: 'सुप्रभात',
    afternoon: 'नमस्ते',
    evening: 'नमस्ते',
  },
  shelf_one: '{{count, number}} दस्तावेज़',
  shelf_other: '{{count, number}} दस्तावेज़',
  shelfPages_one: 'कुल {{count, number}} पृष्ठ',
  shelfPages_other: 'कुल {{count, number}} पृष्ठ',
  ask: {
    label: 'अपनी लाइब्रेरी से पूछें',
    placeholder: 'अपने नोट्स और किताबों से कुछ भी पूछें…',
    submit: 'पूछें',
  },
  continue: {
    title: 'जारी रखें',
    resume: 'जारी रखें',
    start: 'शुरू करें',
    openAttempt: 'अधूरा है',
    notTaken: 'अभी हल नहीं किया',
    making: 'बन रहा है',
    lastScore: 'पिछला स्कोर {{max}} में से {{score}}',
    all: 'सभी क्विज़',
    empty: 'जो पढ़ा है, उस पर ख़ुद को परखें।',
    create: 'क्विज़ बनाएँ',
  },
  recent: {
    title: 'हाल के दस्तावेज़',
    all: 'पूरी लाइब्रेरी',
    add: 'फ़ाइलें जोड़ें',
  },
  jobs: {
    title: 'अभी चल रहा है',
    all: 'सभी काम',
    more_one: '{{count, number}} और बारी की प्रतीक्षा में',
    more_other: '{{count, number}} और बारी की प्रतीक्षा में',
  },
  answers: {
    title: 'हाल के प्रश्न',
    all: 'सभी प्रश्न',
    refused: 'आपकी लाइब्रेरी में नहीं मिला',
    sources_one: '{{count}} स्रोत',
    sources_other: '{{count}} स्रोत',
    empty: 'आपके प्रश्न और उनके उत्तर यहाँ मिलेंगे।',
  },
}
