import type { palette as English } from '../en/palette.ts'
import type { Translation } from '../translation.ts'

export const palette: Translation<typeof English> = {
  label: 'कुछ भी खोजें या करें',
  placeholder: 'किसी पृष्ठ पर जाएँ, दस्तावेज़ खोलें या कुछ करें…',
  empty: 'इस नाम का कुछ नहीं मिला',
  groups: {
    query: 'आपके शब्द',
    pages: 'पृष्ठ',
    documents: 'दस्तावेज़',
    actions: 'काम',
    appearance: 'रंग-रूप और भाषा',
  },
  searchFor: 'लाइब्रेरी में “{{query}}” खोजें',
  askFor: '“{{query}}” पूछें',
  actions: {
    summarise: 'दस्तावेज़ का सारांश बनाएँ',
    compare: 'दो दस्तावेज़ों की तुलना करें',
    import: 'लाइब्रेरी में फ़ाइलें जोड़ें',
    sample: 'नमूना नोट्स जोड़ें',
    ask: 'प्रश्न पूछें',
    quiz: 'क्विज़ बनाएँ',
    pause: 'सभी काम रोकें',
    resume: 'रुके काम आगे बढ़ाएँ',
    shortcuts: 'कीबोर्ड शॉर्टकट दिखाएँ',
    light: 'हल्का रंग-रूप',
    dark: 'गहरा रंग-रूप',
    auto: 'सिस्टम जैसा रंग-रूप',
    english: 'English (अंग्रेज़ी)',
    hindi: 'हिंदी',
  },
  hint: {
    move: 'चलें',
    open: 'खोलें',
    close: 'बंद करें',
  },
}
