export { askPath } from './ask-path.ts'
export { Welcome } from './welcome.tsx'
