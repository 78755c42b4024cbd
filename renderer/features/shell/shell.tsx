import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useFollowHeavyWork } from '../../state/heavy-work.ts'
import { useLiveUpdates } from '../../state/live-updates.ts'
import { usePageTitleState } from '../../state/page-title.ts'
import { ErrorBoundary } from '../../ui/error-boundary.tsx'
import { LibraryDropTarget } from '../library/index.ts'
import { Palette } from '../palette/index.ts'
import { ConnectionBanner } from './connection.tsx'
import { Rail } from './rail.tsx'
import styles from './shell.module.css'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { useJobNotices } from './use-job-notices.tsx'
import { useScrollMemory } from './use-scroll-memory.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** The window around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [path] = useLocation()
  const main = useRef<HTMLElement>(null)
  const title = usePageTitleState((state) => state.title)
  useLiveUpdates(useJobNotices())
  useFollowHeavyWork()
  useShortcuts()
  useScrollMemory(main)
  return (
    <div className={styles.shell}>
      {/* A button, not a link: the fragment holds the route. */}
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {t('shell.skipToContent')}
      </button>
      <Rail />
      <main ref={main} className={styles.main} tabIndex={-1}>
        <ErrorBoundary resetKey={path}>{children}</ErrorBoundary>
      </main>
      <div className="visually-hidden" role="status">
        {title}
      </div>
      <LibraryDropTarget />
      <Palette />
      <ShortcutsDialog />
      <ConnectionBanner />
    </div>
  )
}
