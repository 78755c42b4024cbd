import type { search as English } from '../en/search.ts'
import type { Translation } from '../translation.ts'

export const search: Translation<typeof English> = {
  title: 'खोजें',
  label: 'अपनी लाइब्रेरी में खोजें',
  placeholder: 'शब्द, वाक्यांश या प्रश्न…',
  mode: {
    label: 'कैसे खोजें',
    hybrid: 'शब्द और अर्थ',
    keyword: 'शब्द',
    vector: 'अर्थ',
  },
  filters: {
    add: 'दायरा चुनें',
    documents: 'दस्तावेज़',
    collections: 'संग्रह',
    find: 'दस्तावेज़ या संग्रह ढूँढें',
    none: 'इस नाम का कुछ नहीं मिला',
    remove: '{{name}} हटाएँ',
    clear: 'पूरी लाइब्रेरी',
  },
  group: 'दस्तावेज़ के अनुसार',
  resultCount_one: '{{count, number}} अंश',
  resultCount_other: '{{count, number}} अंश',
  groupCount_one: '{{count, number}} अंश',
  groupCount_other: '{{count, number}} अंश',
  took: '{{ms, number}} मि.से.',
  meaningAway: 'अर्थ से खोज अभी उपलब्ध नहीं है, इसलिए ये परिणाम केवल शब्दों से हैं।',
  found: {
    words: 'शब्द',
    meaning: 'अर्थ',
    both: 'दोनों',
  },
  foundBy: {
    words: 'शब्दों से मिला',
    meaning: 'अर्थ से मिला',
    both: 'शब्दों और अर्थ, दोनों से मिला',
  },
  results: 'मिले हुए अंश',
  preview: {
    title: 'अपने पृष्ठ पर यह अंश',
    open: 'रीडर में खोलें',
    empty: 'किसी अंश पर जाएँ, वह अपने पृष्ठ पर यहाँ दिखेगा।',
  },
  start: {
    title: 'पढ़ा हुआ कोई भी अंश ढूँढें',
    body: 'कुछ शब्द लिखें या अपनी बात कहें, जैसे “आपातकाल में राष्ट्रपति की शक्तियाँ”।',
    examples: 'जैसे',
  },
  nothingHere: {
    title: 'खोजने के लिए अभी कुछ नहीं है',
    body: 'पहले कोई PDF या नोट जोड़ें। हर पृष्ठ पढ़े जाते ही खोजा जा सकता है।',
    add: 'लाइब्रेरी पर जाएँ',
  },
  noResults: {
    title: '“{{query}}” के लिए कोई अंश नहीं मिला',
    hybrid: 'दूसरे शब्द आज़माएँ या अपनी बात दूसरे ढंग से कहें।',
    words: 'कम या दूसरे शब्द आज़माएँ, या अर्थ से खोजें।',
    meaning: 'दूसरे ढंग से कहकर देखें, या शब्दों से खोजें।',
    scoped: 'आप लाइब्रेरी के एक हिस्से में खोज रहे हैं।',
    widen: 'पूरी लाइब्रेरी में खोजें',
    useMeaning: 'अर्थ से खोजें',
    useWords: 'शब्दों से खोजें',
    ask: 'इसे प्रश्न की तरह पूछें',
  },
  failed: 'खोज नहीं हो सकी',
}
