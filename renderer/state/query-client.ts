import { MutationCache, QueryClient } from '@tanstack/react-query'
import i18next, { type ParseKeys } from 'i18next'
import { failureOf } from '../client/index.ts'
import { notify } from '../ui/notify.tsx'

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** Names the failure in a notification; without it the page that asked shows the failure itself. */
      failureTitle?: ParseKeys
    }
  }
}

/** Failures that another try cannot mend. */
const FINAL_CODES = new Set(['bad-input', 'not-found', 'unauthorized', 'not-ready', 'cancelled'])

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The core is on this computer and streams its changes: nothing to gain from fetching on every focus.
        refetchOnWindowFocus: false,
        networkMode: 'always',
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && !FINAL_CODES.has(failureOf(error).code),
        retryDelay: (attempt) => 300 * 2 ** attempt,
      },
      mutations: { networkMode: 'always' },
    },
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        const titleKey = mutation.meta?.failureTitle
        if (!titleKey) return
        const { code } = failureOf(error)
        notify({
          failed: true,
          title: i18next.t(titleKey),
          message: `${i18next.t('failures.sentence', { title: i18next.t(`failures.${code}.title`) })} ${i18next.t(`failures.${code}.next`)}`,
        })
      },
    }),
  })
}
