import { useTranslation } from 'react-i18next'

/** Which of the two languages the window speaks. */
export function useLanguage(): 'en' | 'hi' {
  const { i18n } = useTranslation()
  return i18n.language.startsWith('hi') ? 'hi' : 'en'
}
