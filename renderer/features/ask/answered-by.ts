import type { TFunction } from 'i18next'
import type { Answer } from '#contract/ask.ts'

/** Which engine made an answer, or judged that there is none. */
export function answeredBy(
  t: TFunction,
  { engine, model, refused }: Pick<Answer, 'engine' | 'model' | 'refused'>,
): string {
  if (engine === 'extractive') return t(refused ? 'ask.answer.refusedBySentences' : 'ask.answer.bySentences')
  if (refused) return t('ask.answer.refusedByModel', { model: model ?? 'Ollama' })
  return model ? t('ask.answer.byModel', { model }) : t('ask.answer.byModelUnnamed')
}
