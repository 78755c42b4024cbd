/** One title (what happened) and one next step for each error code of the contract. */
export const failures = {
  details: 'Details',
  atPage: 'At page {{page}}.',
  sentence: '{{title}}.',
  sentenceAtPage: '{{title}}, at page {{page}}.',
  'bad-input': {
    title: 'That could not be understood',
    next: 'Check what was entered and try again.',
  },
  'not-found': {
    title: 'That is no longer here',
    next: 'It may have been deleted. Go back and choose another.',
  },
  'profile-locked': {
    title: 'This library is open in another window',
    next: 'Close the other Abhyas window, then try again.',
  },
  'database-newer': {
    title: 'This library was made by a newer Abhyas',
    next: 'Update Abhyas to open it. Nothing in it was changed.',
  },
  'database-damaged': {
    title: 'The library file is damaged',
    next: 'Restart Abhyas. If this happens again, restore the newest backup from the profile folder.',
  },
  'disk-full': {
    title: 'The disk is full',
    next: 'Free some space, then try again. What was read so far is kept.',
  },
  'file-missing': {
    title: 'The file is not there any more',
    next: 'Check that it was not moved or renamed, then add it again.',
  },
  'file-unreadable': {
    title: 'The file could not be opened',
    next: 'Check that you may read it and that no other program has it open, then add it again.',
  },
  'file-unsupported': {
    title: 'This kind of file is not supported',
    next: 'Save it as PDF, Word (.docx), EPUB, a web page, text or a picture, and add that.',
  },
  'file-too-large': {
    title: 'The file is too large',
    next: 'Split it into smaller files and add those.',
  },
  'file-empty': {
    title: 'There is no readable text in it',
    next: 'Its pages can be looked at. A clearer scan may be recognised; if it is not a scan, check that the file is complete.',
  },
  'file-encrypted': {
    title: 'The file is locked with a password',
    next: 'Enter its password, or save a copy without one and add that.',
  },
  'wrong-password': {
    title: 'That is not the password of this file',
    next: 'Enter another one. Capital letters matter.',
  },
  'file-damaged': {
    title: 'The file is damaged',
    next: 'Download or scan it again and add the new copy.',
  },
  'backup-damaged': {
    title: 'The backup is damaged',
    next: 'Nothing was replaced. Use another backup, or another disk for a new one.',
  },
  'folder-unwritable': {
    title: 'Nothing can be written to that folder',
    next: 'Choose another folder, or check that you may write there.',
  },
  'page-timeout': {
    title: 'A page took too long to read',
    next: 'Try again. If it happens again, that page may be damaged.',
  },
  'recognition-missing': {
    title: 'Text recognition is not installed',
    next: 'Install Abhyas again to bring its data back. The document is kept, and its pages can be looked at.',
  },
  'embedding-model-missing': {
    title: 'Search by meaning is not installed',
    next: 'Search by words still works. Reinstall Abhyas to bring the model back.',
  },
  'model-unreachable': {
    title: 'The language model did not answer',
    next: 'Settings → Models says what is wrong. Answers from your own sentences still work.',
  },
  'model-missing': {
    title: 'The language model is not installed',
    next: 'Download one in Settings → Models, or choose another there.',
  },
  'model-busy': {
    title: 'The language model is busy',
    next: 'Wait for the answer in progress to finish, then try again.',
  },
  'model-cut-off': {
    title: 'The answer was cut off',
    next: 'What arrived is kept. Ask again to get the whole answer.',
  },
  'model-bad-output': {
    title: 'The language model’s reply could not be used',
    next: 'Try again, or choose a larger model in Settings.',
  },
  'model-refused': {
    title: 'The language model may not be used',
    next: 'It may run elsewhere, or be turned off: Settings → Models says which.',
  },
  'prompt-too-long': {
    title: 'That is too long for the language model',
    next: 'Ask something shorter, or narrow it to fewer documents.',
  },
  'key-refused': {
    title: 'The model server did not accept the key',
    next: 'Enter the key again in Settings → Models.',
  },
  'budget-reached': {
    title: 'Today’s limit for the language model is reached',
    next: 'Raise it in Settings → Usage, or continue after midnight. Answers from your own sentences still work.',
  },
  'not-enough-material': {
    title: 'There is not enough text to work with',
    next: 'Choose another document, or more of them.',
  },
  'not-ready': {
    title: 'This is not ready yet',
    next: 'Wait for the import to finish, then try again.',
  },
  unauthorized: {
    title: 'This window is not signed in to the app',
    next: 'Close it and start Abhyas again.',
  },
  cancelled: {
    title: 'Stopped',
    next: 'What was done so far is kept. Start it again whenever you like.',
  },
  internal: {
    title: 'Something went wrong inside Abhyas',
    next: 'Try again. If it happens again, restart the app; your library is safe.',
  },
} as const
