export { MainsPage } from './mains-page.tsx'
export { MainsResultPage } from './result/result-page.tsx'
export { WritePage } from './write/write-page.tsx'
