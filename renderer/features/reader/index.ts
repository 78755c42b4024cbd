import { lazy } from 'react'

export { readerPath } from './reader-path.ts'

/** Fetched when the first document is opened; the way to it (`readerPath`) is part of every page. */
export const ReaderPage = lazy(async () => ({ default: (await import('./reader-page.tsx')).ReaderPage }))
export { RecogniseMenuItems } from './recognise-menu-items.tsx'
