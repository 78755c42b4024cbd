import i18next, { type i18n as I18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '#contract/system.ts'
import { en, hi } from './resources.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app'
    resources: { app: typeof en }
  }
}

/** What Intl and the page's `lang` speak: numbers grouped the Indian way in both languages. */
export const LOCALES: Record<Language, string> = { en: 'en-IN', hi: 'hi-IN' }

/** Sets the strings up, synchronously: every text is in the bundle, so that nothing waits for a file. */
export function startStrings(language: Language): I18n {
  i18next.use(initReactI18next).init({
    lng: LOCALES[language],
    fallbackLng: 'en',
    resources: { en: { app: en }, hi: { app: hi } },
    defaultNS: 'app',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return i18next
}

/** Changes the language of everything on screen, and of the page for screen readers and hyphenation. */
export function applyLanguage(language: Language): void {
  const locale = LOCALES[language]
  if (i18next.language !== locale) void i18next.changeLanguage(locale)
  document.documentElement.lang = locale
}
