import type { common as English } from '../en/common.ts'
import type { Translation } from '../translation.ts'

export const common: Translation<typeof English> = {
  appName: 'अभ्यास',
  cancel: 'रहने दें',
  close: 'बंद करें',
  save: 'सहेजें',
  create: 'बनाएँ',
  rename: 'नाम बदलें',
  delete: 'हटाएँ',
  retry: 'फिर कोशिश करें',
  open: 'खोलें',
  undo: 'वापस लें',
  dismiss: 'हटाएँ',
  copy: 'कॉपी करें',
  copied: 'कॉपी हो गया',
  clear: 'साफ़ करें',
  more: 'और',
  loading: 'खुल रहा है…',
  optional: 'ज़रूरी नहीं',
  page: 'पृष्ठ {{page}}',
  pages_one: '{{count, number}} पृष्ठ',
  pages_other: '{{count, number}} पृष्ठ',
  documents_one: '{{count, number}} दस्तावेज़',
  documents_other: '{{count, number}} दस्तावेज़',
  questions_one: '{{count, number}} प्रश्न',
  questions_other: '{{count, number}} प्रश्न',
  engine: {
    ollama: '{{model}} ने इसी कंप्यूटर पर लिखा',
    extractive: 'आपकी लाइब्रेरी के वाक्य, बिना भाषा मॉडल के',
  },
}
