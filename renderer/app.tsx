import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import type { i18n as I18n } from 'i18next'
import { type ReactNode, Suspense, useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import { Route, Router, Switch } from 'wouter'
import { useConnection } from './client/index.ts'
import { AskPage } from './features/ask/index.ts'
import { HomePage } from './features/home/index.ts'
import { JobsPage } from './features/jobs/index.ts'
import { LibraryPage } from './features/library/index.ts'
import { MainsPage, MainsResultPage, WritePage } from './features/mains/index.ts'
import { AttemptPage, NewQuizPage, PrintPage, QuizPage, QuizzesPage, ReviewPage } from './features/quiz/index.ts'
import { ReaderPage } from './features/reader/index.ts'
import { SearchPage } from './features/search/index.ts'
import { SettingsPage } from './features/settings/index.ts'
import { NotFoundPage, Shell, Splash } from './features/shell/index.ts'
import { BriefPage, CardsPage, NewBriefPage, StudyPage } from './features/study/index.ts'
import { useHashLocation, useHashSearch } from './state/hash-location.ts'
import { THEME_KEY, useApplyPreferences } from './state/preferences.ts'
import { makeQueryClient } from './state/query-client.ts'
import { cssVariables, theme } from './ui/theme.ts'

/** Every address of the app. */
function Pages() {
  return (
    <Suspense fallback={null}>
      <Switch>
        <Route path="/" component={HomePage} />
        <Route path="/library" component={LibraryPage} />
        <Route path="/search" component={SearchPage} />
        <Route path="/ask/:conversationId?" component={AskPage} />
        <Route path="/read/:documentId" component={ReaderPage} />
        <Route path="/quizzes" component={QuizzesPage} />
        <Route path="/quizzes/new" component={NewQuizPage} />
        <Route path="/quizzes/attempt/:attemptId" component={AttemptPage} />
        <Route path="/quizzes/review/:attemptId" component={ReviewPage} />
        <Route path="/quizzes/print/:quizId" component={PrintPage} />
        <Route path="/quizzes/:quizId" component={QuizPage} />
        <Route path="/mains" component={MainsPage} />
        <Route path="/mains/write/:answerId" component={WritePage} />
        <Route path="/mains/answer/:answerId" component={MainsResultPage} />
        <Route path="/study" component={StudyPage} />
        <Route path="/study/new" component={NewBriefPage} />
        <Route path="/study/cards" component={CardsPage} />
        <Route path="/study/:briefId" component={BriefPage} />
        <Route path="/jobs" component={JobsPage} />
        <Route path="/settings/:topic?" component={SettingsPage} />
        <Route component={NotFoundPage} />
      </Switch>
    </Suspense>
  )
}

/** Applies the profile's theme and language, and waits for the first word from the core. */
function Opening({ children }: { children: ReactNode }) {
  useApplyPreferences()
  const connection = useConnection(({ state }) => state)
  const [wasOpen, setWasOpen] = useState(connection === 'open')
  if (connection === 'open' && !wasOpen) setWasOpen(true)
  return wasOpen ? children : <Splash />
}

export function App({ strings, nonce }: { strings: I18n; nonce: string }) {
  const [queryClient] = useState(makeQueryClient)
  const [schemeManager] = useState(() => localStorageColorSchemeManager({ key: THEME_KEY }))
  return (
    <I18nextProvider i18n={strings}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        colorSchemeManager={schemeManager}
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" limit={4} />
          <Router hook={useHashLocation} searchHook={useHashSearch}>
            <Opening>
              <Shell>
                <Pages />
              </Shell>
            </Opening>
          </Router>
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>
  )
}
