import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { DEFAULT_SETTINGS, Language, type Settings, type SettingsPatch } from '#contract/system.ts'
import { orpc } from '../client/index.ts'
import { applyLanguage } from '../strings/index.ts'

const LANGUAGE_KEY = 'abhyas.language'
/** Also the key of Mantine's colour scheme manager. */
export const THEME_KEY = 'abhyas.theme'

/** The language last used here, so that the first paint already speaks it; the profile's setting follows. */
export function rememberedLanguage(): Language {
  const parsed = Language.safeParse(localStorage.getItem(LANGUAGE_KEY))
  if (parsed.success) return parsed.data
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('hi')) ? 'hi' : DEFAULT_SETTINGS.language
}

export interface Preferences {
  /** undefined until the profile answered. */
  settings: Settings | undefined
  /** Resolves when it was tried; a failure is told in a notification and the old setting comes back. */
  save(patch: SettingsPatch): Promise<void>
}

/** The profile's settings. A change shows at once and is taken back when it could not be saved. */
export function usePreferences(): Preferences {
  const queryClient = useQueryClient()
  const queryKey = orpc.system.settings.queryKey()
  const { data: settings } = useQuery(orpc.system.settings.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  const mutation = useMutation(
    orpc.system.updateSettings.mutationOptions({
      meta: { failureTitle: 'settings.failed' },
      onMutate: async (patch) => {
        await queryClient.cancelQueries({ queryKey })
        const before = queryClient.getQueryData<Settings>(queryKey)
        if (before) queryClient.setQueryData(queryKey, { ...before, ...patch })
        return { before }
      },
      onError: (_error, _patch, context) => {
        if (context?.before) queryClient.setQueryData(queryKey, context.before)
      },
      onSuccess: (saved) => queryClient.setQueryData(queryKey, saved),
    }),
  )
  return {
    settings,
    save: (patch) =>
      new Promise((resolve) => {
        mutation.mutate(patch, { onSettled: () => resolve() })
      }),
  }
}

/** Puts the settings of the profile into effect; rendered once, near the top. */
export function useApplyPreferences(): void {
  const { settings } = usePreferences()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const theme: MantineColorScheme | undefined = settings?.theme
  const language = settings?.language
  useEffect(() => {
    if (theme && theme !== colorScheme) setColorScheme(theme)
  }, [theme, colorScheme, setColorScheme])
  useEffect(() => {
    if (!language) return
    localStorage.setItem(LANGUAGE_KEY, language)
    applyLanguage(language)
  }, [language])
}
