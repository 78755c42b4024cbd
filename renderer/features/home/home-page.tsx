import { Button, TextInput } from '@mantine/core'
import { IconArrowRight, IconMessageQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Document } from '#contract/documents.ts'
import type { Job } from '#contract/jobs.ts'
import { orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { jobsQuery } from '../../state/jobs-query.ts'
import { usePreferences } from '../../state/preferences.ts'
import { PageFrame } from '../../ui/page-frame.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { useNow } from '../../ui/use-now.ts'
import { askPath } from '../ask/index.ts'
import { UploadProgress, useImport } from '../library/index.ts'
import { Welcome } from '../onboarding/index.ts'
import { ContinueQuizzes } from './continue-quizzes.tsx'
import { greetingAt } from './greeting-at.ts'
import styles from './home-page.module.css'
import { RecentAnswers } from './recent-answers.tsx'
import { RecentDocuments } from './recent-documents.tsx'
import { WorkingOn } from './working-on.tsx'

function QuickAsk() {
  const { t } = useTranslation()
  const [question, setQuestion] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (question.trim()) navigate(askPath({ question: question.trim() }))
    else input.current?.focus()
  }
  return (
    <form className={styles.ask} onSubmit={submit}>
      <TextInput
        ref={input}
        size="lg"
        aria-label={t('home.ask.label')}
        placeholder={t('home.ask.placeholder')}
        leftSection={<IconMessageQuestion size={21} aria-hidden />}
        value={question}
        maxLength={2000}
        onChange={(event) => setQuestion(event.currentTarget.value)}
      />
      <Button type="submit" size="lg" fz="md" rightSection={<IconArrowRight size={18} aria-hidden />}>
        {t('home.ask.submit')}
      </Button>
    </form>
  )
}

function Shelf({ documents }: { documents: readonly Document[] }) {
  const { t } = useTranslation()
  const { chooseFiles } = useImport()
  const nowMs = useNow()
  const { data: jobList } = useQuery(jobsQuery())
  const allJobs = jobList?.jobs ?? []
  const titles = new Map(documents.map(({ id, title }) => [id as Job['documentId'], title]))
  const pageCount = documents.reduce((sum, document) => sum + document.pageCount, 0)
  return (
    <>
      <section className={styles.hero}>
        <p className={styles.greeting}>{t(`home.greeting.${greetingAt(new Date(nowMs).getHours())}`)}</p>
        <p className={`${styles.shelf} tabular`}>
          {t('home.shelf', { count: documents.length })} · {t('home.shelfPages', { count: pageCount })}
        </p>
        <QuickAsk />
      </section>
      <UploadProgress />
      <div className={styles.columns}>
        <div className={styles.column}>
          <RecentDocuments documents={documents} nowMs={nowMs} onAdd={() => void chooseFiles()} />
        </div>
        <div className={styles.side}>
          <div className={styles.column}>
            <WorkingOn jobs={allJobs} titleOf={(job) => titles.get(job.documentId) ?? job.title} />
            <ContinueQuizzes />
          </div>
          <RecentAnswers nowMs={nowMs} />
        </div>
      </div>
    </>
  )
}

/** The front page: the welcome for a newcomer, then what to carry on with. */
export function HomePage() {
  const { t } = useTranslation()
  const { settings, save } = usePreferences()
  const query = useQuery(orpc.documents.list.queryOptions())
  const documents = query.data
  if (settings && documents && (!settings.welcomed || documents.length === 0)) {
    return <Welcome documents={documents} save={save} />
  }
  return (
    <PageFrame title={t('home.title')} width="wide" hideHeading>
      <PageWaiting query={{ data: settings && documents, error: query.error, refetch: query.refetch }} height={320} />
      {settings && documents && <Shelf documents={documents} />}
    </PageFrame>
  )
}
