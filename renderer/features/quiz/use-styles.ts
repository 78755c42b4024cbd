import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Difficulty, MIXED, type QuizStyle } from '#contract/quiz.ts'
import { orpc } from '../../client/index.ts'
import { useLanguage } from '../../ui/use-language.ts'

export interface ShownStyle {
  id: QuizStyle
  name: string
  is: string
  example: string
  levels: readonly Difficulty[]
}

/** Every style of question in the language of the window, `mixed` first; what ships with the app never changes while it runs. */
export function useStyles(): ShownStyle[] {
  const { t } = useTranslation()
  const { data } = useQuery(orpc.quiz.styles.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  const language = useLanguage()
  const mixed: ShownStyle = {
    id: MIXED,
    name: t('quiz.mixed.name'),
    is: t('quiz.mixed.is'),
    example: t('quiz.mixed.example'),
    levels: Difficulty.options,
  }
  return [
    mixed,
    ...(data ?? []).map(({ id, name, is, example, levels }) => ({
      id,
      name: name[language],
      is: is[language],
      example: example[language],
      levels,
    })),
  ]
}

/** What a style is called; its id until the names are there. */
export function useStyleName(): (style: QuizStyle) => string {
  const styles = useStyles()
  return (style) => styles.find(({ id }) => id === style)?.name ?? style
}
