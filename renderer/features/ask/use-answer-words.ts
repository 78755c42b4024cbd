import { useTranslation } from 'react-i18next'
import type { AnswerWords } from './conversation-text.ts'

export function useAnswerWords(): AnswerWords {
  const { t } = useTranslation()
  return {
    sources: t('ask.answer.sources'),
    partial: t('ask.answer.partial'),
    understoodAs: (asked) => t('ask.answer.understoodAs', { asked }),
    page: (page) => t('common.page', { page }),
    weak: t('ask.support.weak'),
    unsupported: t('ask.support.unsupported'),
  }
}
