import { useTranslation } from 'react-i18next'
import { pageName } from '../../ui/page-name.ts'
import { answeredBy } from './answered-by.ts'
import type { AnswerWords } from './conversation-text.ts'

export function useAnswerWords(): AnswerWords {
  const { t } = useTranslation()
  return {
    sources: t('ask.answer.sources'),
    partial: t('ask.answer.partial'),
    understoodAs: (asked) => t('ask.answer.understoodAs', { asked }),
    place: (citation) => pageName(t, citation),
    weak: t('ask.support.weak'),
    unsupported: t('ask.support.unsupported'),
    answeredBy: (answer) => answeredBy(t, answer),
  }
}
