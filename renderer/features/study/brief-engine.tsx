import { useTranslation } from 'react-i18next'
import type { BriefSummary } from '#contract/study.ts'

/** Which engine made it, always said. */
export function BriefEngine({ brief: { engine, model } }: { brief: Pick<BriefSummary, 'engine' | 'model'> }) {
  const { t } = useTranslation()
  return <>{engine === 'extractive' ? t('study.bySentences') : t('study.byModel', { model: model ?? 'Ollama' })}</>
}
