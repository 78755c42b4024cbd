export const onboarding = {
  title: 'Welcome',
  heading: 'Study from your own books, with the page in hand',
  lead: 'Abhyas reads your books and notes on this computer, finds any passage in them, answers with citations and makes practice questions. It needs no network.',
  sample: {
    title: 'Try with sample notes',
    body: 'Three short notes: the making of the Constitution, the monsoon, and Panchayati Raj in Hindi. Ready in seconds; delete them whenever you like.',
    action: 'Try with sample notes',
  },
  own: {
    title: 'Add your books and notes',
    body: 'Textbooks, newspapers, class notes: PDF, Word, EPUB, slides, web pages or photos. Drop them, or a whole folder, anywhere in this window.',
    action: 'Choose files',
  },
  steps: {
    label: 'Steps',
    add: 'Add something to read',
    read: 'Abhyas reads it',
    ask: 'Ask and see the page',
  },
  reading: {
    title: 'Reading your files',
    body: 'You can ask as soon as the first one is ready.',
    failed: 'None of the files could be read',
    failedBody: 'See what went wrong in the library, or add another file.',
    openLibrary: 'Open the library',
  },
  askNow: {
    title: 'Now ask it something',
    body: 'Pick a question. The answer names the page it comes from; click the number to see it there.',
    ownTitle: 'Your first question',
    ownBody:
      'Ask something that your files answer. The answer names the page it comes from; click the number to see it there.',
    placeholder: 'Or ask your own…',
    ownPlaceholder: 'For example: What is meant by …?',
    submit: 'Ask',
  },
  skip: 'Skip the tour',
  local: 'Nothing leaves this computer.',
  /** Answered by the notes in resources/sample-library. */
  examples: {
    first: 'Why does a country need a constitution?',
    second: 'Why does Tamil Nadu get its rain in October and November?',
    third: 'बलवंत राय मेहता समिति का गठन कब किया गया था?',
  },
} as const
