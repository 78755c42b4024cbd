import type { onboarding as English } from '../en/onboarding.ts'
import type { Translation } from '../translation.ts'

export const onboarding: Translation<typeof English> = {
  title: 'स्वागत है',
  heading: 'अपनी किताबों से पढ़ें, हर उत्तर पृष्ठ के साथ',
  lead: 'अभ्यास आपकी PDF और नोट्स इसी कंप्यूटर पर पढ़ता है, उनका कोई भी अंश ढूँढता है, स्रोत के साथ उत्तर देता है और अभ्यास के लिए प्रश्न बनाता है। इसे इंटरनेट नहीं चाहिए।',
  sample: {
    title: 'नमूना नोट्स से आज़माएँ',
    body: 'संविधान, अर्थव्यवस्था और भूगोल पर तीन छोटे नोट्स। कुछ ही क्षणों में तैयार; जब चाहें हटा दें।',
    action: 'नमूना नोट्स से आज़माएँ',
  },
  own: {
    title: 'अपनी PDF जोड़ें',
    body: 'पाठ्यपुस्तकें, अख़बार, कक्षा के नोट्स: PDF, .txt या .md। इस विंडो में कहीं भी छोड़ दें।',
    action: 'फ़ाइलें चुनें',
  },
  steps: {
    label: 'चरण',
    add: 'पढ़ने के लिए कुछ जोड़ें',
    read: 'अभ्यास उसे पढ़ता है',
    ask: 'पूछें और पृष्ठ देखें',
  },
  reading: {
    title: 'आपकी फ़ाइलें पढ़ी जा रही हैं',
    body: 'पहली फ़ाइल तैयार होते ही आप पूछ सकते हैं।',
    failed: 'कोई भी फ़ाइल पढ़ी नहीं जा सकी',
    failedBody: 'कारण लाइब्रेरी में देखें या कोई और फ़ाइल जोड़ें।',
    openLibrary: 'लाइब्रेरी खोलें',
  },
  askNow: {
    title: 'अब कुछ पूछकर देखें',
    body: 'कोई प्रश्न चुनें। उत्तर बताता है कि वह किस पृष्ठ से आया; संख्या पर क्लिक करके उसे वहीं देखें।',
    ownTitle: 'आपका पहला प्रश्न',
    ownBody: 'ऐसा कुछ पूछें जिसका उत्तर आपकी फ़ाइलों में हो। उत्तर बताता है कि वह किस पृष्ठ से आया; संख्या पर क्लिक करके उसे वहीं देखें।',
    placeholder: 'या अपना प्रश्न लिखें…',
    ownPlaceholder: 'जैसे: … से क्या अभिप्राय है?',
    submit: 'पूछें',
  },
  skip: 'परिचय छोड़ें',
  local: 'कुछ भी इस कंप्यूटर से बाहर नहीं जाता।',
  examples: {
    constitution: 'Why does a country need a constitution?',
    economy: 'What is the difference between fiscal deficit and revenue deficit?',
    geography: 'Why does the Indian monsoon arrive in June?',
  },
}
