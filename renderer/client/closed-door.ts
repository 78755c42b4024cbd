// Shown in place of everything else when this page may not talk to the app. There is
// no session here, so no settings and no language either: both languages are shown.
const TEXTS = [
  {
    lang: 'en',
    title: 'Abhyas is not open here',
    body: 'This address opens only from the running app. In the terminal where Abhyas runs, press Enter and open the address it prints; or start it again with “npm start”. Your library is safe.',
  },
  {
    lang: 'hi',
    title: 'अभ्यास यहाँ खुला नहीं है',
    body: 'यह पता केवल चलते हुए ऐप से खुलता है। जिस टर्मिनल में अभ्यास चल रहा है, वहाँ Enter दबाएँ और छपा हुआ पता खोलें; या “npm start” से फिर शुरू करें। आपकी लाइब्रेरी सुरक्षित है।',
  },
] as const

const STYLES = `
  :root { color-scheme: light dark; }
  body { margin: 0; }
  main { min-height: 100vh; box-sizing: border-box; display: grid; place-content: center; gap: 2rem; padding: 2rem;
    font: 1rem/1.6 'Inter Variable', 'Noto Sans Devanagari Variable', system-ui, sans-serif; background: Canvas; color: CanvasText; }
  section { max-width: 34rem; }
  h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
  p { margin: 0; }
`

/** Replaces the page by one that says how to open the app. */
export function showClosedDoor(page: Document): void {
  const styles = new CSSStyleSheet()
  styles.replaceSync(STYLES)
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, styles]
  page.title = 'Abhyas'
  const main = page.createElement('main')
  for (const { lang, title, body } of TEXTS) {
    const section = page.createElement('section')
    section.lang = lang
    const heading = page.createElement('h1')
    heading.textContent = title
    const paragraph = page.createElement('p')
    paragraph.textContent = body
    section.append(heading, paragraph)
    main.append(section)
  }
  page.body.replaceChildren(main)
  // The next address, pasted here, differs in its fragment alone, which loads nothing by itself.
  page.defaultView?.addEventListener('hashchange', () => page.location.reload())
}
