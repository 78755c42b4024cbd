export { ReaderPage } from './reader-page.tsx'
export { type ReaderPlace, readerPath } from './reader-path.ts'
