import './ui/no-compiled-parsers.ts'
import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/noto-sans-devanagari/wght.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './ui/tokens.css'
import './ui/global.css'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { rememberedLanguage } from './state/preferences.ts'
import { applyLanguage, startStrings } from './strings/index.ts'
import { cssNonce } from './ui/css-nonce.ts'
import { installTrustedTypes } from './ui/trusted-types.ts'

// Before anything is drawn: the page's own policy, and the nonce that lets Mantine write its style elements.
installTrustedTypes()
const nonce = cssNonce()
setNonce(nonce)

const language = rememberedLanguage()
const strings = startStrings(language)
applyLanguage(language)

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root to draw into')
createRoot(root).render(
  <StrictMode>
    <App strings={strings} nonce={nonce} />
  </StrictMode>,
)
