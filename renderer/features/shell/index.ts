export { Splash } from './connection.tsx'
export { NotFoundPage } from './not-found-page.tsx'
export { Shell } from './shell.tsx'
