import { Button, TextInput } from '@mantine/core'
import { IconArrowRight, IconCheck, IconFiles, IconLock, IconNotebook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Document } from '#contract/documents.ts'
import { navigate } from '../../state/hash-location.ts'
import { jobsQuery } from '../../state/jobs-query.ts'
import type { Preferences } from '../../state/preferences.ts'
import { BrandMark } from '../../ui/brand-mark.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { askPath, useExampleQuestions } from '../ask/index.ts'
import { JobProgressLine } from '../jobs/index.ts'
import { activeImports, UploadProgress, useImport } from '../library/index.ts'
import { isSample } from './is-sample.ts'
import styles from './welcome.module.css'
import { type WelcomeStep, welcomeStep } from './welcome-step.ts'

const STEPS = ['add', 'read', 'ask'] as const
const STEP_AT: Record<WelcomeStep, number> = { offer: 0, failed: 0, reading: 1, ask: 2 }
const EXAMPLES = ['first', 'second', 'third'] as const
/** Files whose progress is shown one by one. */
const FILES_SHOWN = 4

function Offer() {
  const { t } = useTranslation()
  const { chooseFiles, importSample } = useImport()
  const [busy, setBusy] = useState(false)
  return (
    <div className={styles.cards}>
      <section className={styles.card}>
        <IconNotebook size={28} stroke={1.6} className={styles.cardIcon} aria-hidden />
        <h2>{t('onboarding.sample.title')}</h2>
        <p>{t('onboarding.sample.body')}</p>
        <Button
          loading={busy}
          onClick={async () => {
            setBusy(true)
            await importSample()
            setBusy(false)
          }}
        >
          {t('onboarding.sample.action')}
        </Button>
      </section>
      <section className={styles.card}>
        <IconFiles size={28} stroke={1.6} className={styles.cardIcon} aria-hidden />
        <h2>{t('onboarding.own.title')}</h2>
        <p>{t('onboarding.own.body')}</p>
        <Button variant="default" onClick={() => void chooseFiles()}>
          {t('onboarding.own.action')}
        </Button>
      </section>
    </div>
  )
}

function Reading({ documents }: { documents: readonly Document[] }) {
  const { t } = useTranslation()
  const { data } = useQuery(jobsQuery())
  const jobs = activeImports(data?.jobs ?? [])
  return (
    <section className={styles.panel}>
      <h2>{t('onboarding.reading.title')}</h2>
      <p>{t('onboarding.reading.body')}</p>
      <ul className={styles.files}>
        {documents.slice(0, FILES_SHOWN).map(({ id, title, status }) => {
          const job = jobs.get(id)
          return (
            <li key={id} className={styles.file}>
              <span className={styles.fileName}>{title}</span>
              {job ? <JobProgressLine job={job} compact /> : <span>{t(`library.status.${status}`)}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Failed() {
  const { t } = useTranslation()
  const { chooseFiles } = useImport()
  return (
    <section className={styles.panel} role="alert">
      <h2>{t('onboarding.reading.failed')}</h2>
      <p>{t('onboarding.reading.failedBody')}</p>
      <div className={styles.form} style={{ justifyContent: 'flex-start' }}>
        <span style={{ display: 'flex', gap: 8 }}>
          <Button component={Link} href="/library">
            {t('onboarding.reading.openLibrary')}
          </Button>
          <Button variant="default" onClick={() => void chooseFiles()}>
            {t('onboarding.own.action')}
          </Button>
        </span>
      </div>
    </section>
  )
}

function AskNow({ withSample, onAsk }: { withSample: boolean; onAsk(question: string): void }) {
  const { t } = useTranslation()
  const [question, setQuestion] = useState('')
  const ofOwn = useExampleQuestions().slice(0, EXAMPLES.length)
  const examples = withSample ? EXAMPLES.map((name) => t(`onboarding.examples.${name}`)) : ofOwn
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (question.trim()) onAsk(question.trim())
  }
  return (
    <section className={styles.panel}>
      <h2>{t(withSample ? 'onboarding.askNow.title' : 'onboarding.askNow.ownTitle')}</h2>
      <p>{t(withSample ? 'onboarding.askNow.body' : 'onboarding.askNow.ownBody')}</p>
      {examples.length > 0 && (
        <ul className={styles.questions}>
          {examples.map((example) => (
            <li key={example}>
              <a
                className={styles.question}
                href={`#${askPath({ question: example })}`}
                onClick={(event) => {
                  event.preventDefault()
                  onAsk(example)
                }}
              >
                <span>{example}</span>
                <IconArrowRight size={18} aria-hidden />
              </a>
            </li>
          ))}
        </ul>
      )}
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          aria-label={t('home.ask.label')}
          placeholder={t(withSample ? 'onboarding.askNow.placeholder' : 'onboarding.askNow.ownPlaceholder')}
          value={question}
          maxLength={2000}
          onChange={(event) => setQuestion(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!question.trim()} variant={withSample ? 'default' : 'filled'}>
          {t('onboarding.askNow.submit')}
        </Button>
      </form>
    </section>
  )
}

/** The first page a newcomer sees: from nothing to a cited answer in three steps. */
export function Welcome({ documents, save }: { documents: readonly Document[]; save: Preferences['save'] }) {
  const { t } = useTranslation()
  const step = welcomeStep(documents)
  const at = STEP_AT[step]
  return (
    <PageFrame title={t('onboarding.title')} width="reading" hideHeading>
      <div className={styles.welcome}>
        <BrandMark size={52} />
        <p className={styles.heading}>{t('onboarding.heading')}</p>
        <p className={styles.lead}>{t('onboarding.lead')}</p>
        <ol className={styles.steps} aria-label={t('onboarding.steps.label')}>
          {STEPS.map((name, index) => (
            <li key={name} aria-current={index === at ? 'step' : undefined} data-done={index < at || undefined}>
              <span className={styles.number}>{index < at ? <IconCheck size={13} stroke={3} /> : index + 1}</span>
              {t(`onboarding.steps.${name}`)}
            </li>
          ))}
        </ol>
        <div className={styles.stage}>
          <UploadProgress />
          {step === 'offer' && <Offer />}
          {step === 'reading' && <Reading documents={documents} />}
          {step === 'failed' && <Failed />}
          {step === 'ask' && (
            <AskNow
              withSample={documents.some((document) => isSample(document) && document.status === 'ready')}
              onAsk={(question) => {
                void save({ welcomed: true })
                navigate(askPath({ question }))
              }}
            />
          )}
        </div>
        <div className={styles.footer}>
          <span className={styles.local}>
            <IconLock size={15} aria-hidden />
            {t('onboarding.local')}
          </span>
          <Button size="compact-sm" variant="subtle" onClick={() => void save({ welcomed: true })}>
            {t('onboarding.skip')}
          </Button>
        </div>
      </div>
    </PageFrame>
  )
}
