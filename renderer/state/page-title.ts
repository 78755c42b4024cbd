import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { hostName } from '../client/index.ts'

interface PageTitleState {
  title: string
}

/** What the page is called now: read out when it changes. */
export const usePageTitleState = create<PageTitleState>(() => ({ title: '' }))

/** Names the page in the window's title, which also says when a browser is the window. */
export function usePageTitle(title: string): void {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = t(hostName() === 'web' ? 'shell.titleInBrowser' : 'shell.title', { page: title })
    usePageTitleState.setState({ title })
  }, [title, t])
}
