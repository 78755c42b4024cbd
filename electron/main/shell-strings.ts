/** The shell's own words: menu and dialogs. The page's are in renderer/strings. */
const en = {
  file: 'File',
  addFiles: 'Add files…',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  openProfile: 'Open the data folder',
  documents: 'Documents',
  cannotOpen: 'Abhyas could not open',
  cannotAdd: 'Some files were not added',
  crashed: 'The window stopped several times in a row.',
  crashedDetail: 'Your library is safe. Reload it, or quit and start again.',
  reload: 'Reload',
  quit: 'Quit',
}

const hi: typeof en = {
  file: 'फ़ाइल',
  addFiles: 'फ़ाइलें जोड़ें…',
  edit: 'संपादन',
  view: 'दृश्य',
  window: 'विंडो',
  help: 'सहायता',
  openProfile: 'डेटा फ़ोल्डर खोलें',
  documents: 'दस्तावेज़',
  cannotOpen: 'अभ्यास नहीं खुल सका',
  cannotAdd: 'कुछ फ़ाइलें नहीं जुड़ सकीं',
  crashed: 'विंडो लगातार कई बार रुक गई।',
  crashedDetail: 'आपकी लाइब्रेरी सुरक्षित है। फिर लोड करें, या बंद करके दोबारा शुरू करें।',
  reload: 'फिर लोड करें',
  quit: 'बंद करें',
}

export type ShellStrings = typeof en

export const SHELL_STRINGS = { en, hi }
