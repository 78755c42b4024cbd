import { ask as enAsk } from './en/ask.ts'
import { common as enCommon } from './en/common.ts'
import { failures as enFailures } from './en/failures.ts'
import { home as enHome } from './en/home.ts'
import { jobs as enJobs } from './en/jobs.ts'
import { library as enLibrary } from './en/library.ts'
import { mains as enMains } from './en/mains.ts'
import { models as enModels } from './en/models.ts'
import { onboarding as enOnboarding } from './en/onboarding.ts'
import { palette as enPalette } from './en/palette.ts'
import { quiz as enQuiz } from './en/quiz.ts'
import { reader as enReader } from './en/reader.ts'
import { search as enSearch } from './en/search.ts'
import { settings as enSettings } from './en/settings.ts'
import { shell as enShell } from './en/shell.ts'
import { study as enStudy } from './en/study.ts'
import { usage as enUsage } from './en/usage.ts'
import { ask as hiAsk } from './hi/ask.ts'
import { common as hiCommon } from './hi/common.ts'
import { failures as hiFailures } from './hi/failures.ts'
import { home as hiHome } from './hi/home.ts'
import { jobs as hiJobs } from './hi/jobs.ts'
import { library as hiLibrary } from './hi/library.ts'
import { mains as hiMains } from './hi/mains.ts'
import { models as hiModels } from './hi/models.ts'
import { onboarding as hiOnboarding } from './hi/onboarding.ts'
import { palette as hiPalette } from './hi/palette.ts'
import { quiz as hiQuiz } from './hi/quiz.ts'
import { reader as hiReader } from './hi/reader.ts'
import { search as hiSearch } from './hi/search.ts'
import { settings as hiSettings } from './hi/settings.ts'
import { shell as hiShell } from './hi/shell.ts'
import { study as hiStudy } from './hi/study.ts'
import { usage as hiUsage } from './hi/usage.ts'
import type { Translation } from './translation.ts'

/** English: the language that defines which keys there are. A key is `feature.name`. */
export const en = {
  ask: enAsk,
  common: enCommon,
  failures: enFailures,
  home: enHome,
  jobs: enJobs,
  library: enLibrary,
  mains: enMains,
  models: enModels,
  onboarding: enOnboarding,
  palette: enPalette,
  quiz: enQuiz,
  reader: enReader,
  search: enSearch,
  settings: enSettings,
  shell: enShell,
  study: enStudy,
  usage: enUsage,
}

export const hi: Translation<typeof en> = {
  ask: hiAsk,
  common: hiCommon,
  failures: hiFailures,
  home: hiHome,
  jobs: hiJobs,
  library: hiLibrary,
  mains: hiMains,
  models: hiModels,
  onboarding: hiOnboarding,
  palette: hiPalette,
  quiz: hiQuiz,
  reader: hiReader,
  search: hiSearch,
  settings: hiSettings,
  shell: hiShell,
  study: hiStudy,
  usage: hiUsage,
}
