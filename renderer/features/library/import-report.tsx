import { CloseButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ImportReport } from '../../state/uploads.ts'
import { useUploads } from '../../state/uploads.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { readerPath } from '../reader/index.ts'
import styles from './import-report.module.css'

const fileName = (path: string) => path.split(/[\\/]/).at(-1) ?? path

/** Counts what a report says, for one line of summary. */
export function summariseReport(report: ImportReport): { added: number; duplicates: number; failures: number } {
  const { outcomes, rejected } = report
  return {
    added: outcomes.filter(({ document, duplicate, failure }) => document && !duplicate && !failure).length,
    duplicates: outcomes.filter(({ duplicate }) => duplicate).length,
    failures: outcomes.filter(({ failure }) => failure).length + rejected.length,
  }
}

/** What became of the files given last, where it needs saying: duplicates, and files that could not be taken in. */
export function ImportReportPanel() {
  const { t } = useTranslation()
  const report = useUploads((state) => state.report)
  const setReport = useUploads((state) => state.setReport)
  if (!report) return null
  const { added, duplicates, failures } = summariseReport(report)
  if (report.failure) {
    return (
      <div style={{ marginBottom: 16 }}>
        <FailureNote
          failure={report.failure}
          title={t('library.report.nothing')}
          actions={<CloseButton aria-label={t('common.dismiss')} onClick={() => setReport(undefined)} />}
        />
      </div>
    )
  }
  if (duplicates + failures === 0) return null
  const summary = [
    added > 0 && t('library.report.added', { count: added }),
    duplicates > 0 && t('library.report.duplicates', { count: duplicates }),
    failures > 0 && t('library.report.failures', { count: failures }),
  ].filter(Boolean)
  return (
    <section className={styles.report} aria-label={t('library.report.title')}>
      <div className={styles.summary}>
        <p role="status">{summary.join(' · ')}</p>
        <CloseButton aria-label={t('common.dismiss')} onClick={() => setReport(undefined)} />
      </div>
      <ul className={styles.items}>
        {report.outcomes
          .filter(({ duplicate, failure }) => duplicate || failure)
          .map((outcome, index) => (
            // The same path can be given twice in one batch.
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
            <li key={index} className={styles.item}>
              <span className={styles.name} title={outcome.path}>
                {fileName(outcome.path)}
              </span>
              {outcome.failure ? (
                <FailureText failure={outcome.failure} />
              ) : (
                <span className={styles.reason}>
                  {t('library.report.duplicate')}
                  {outcome.document && (
                    <>
                      {': '}
                      <Link href={readerPath({ documentId: outcome.document.id, page: 1 })}>
                        {outcome.document.title}
                      </Link>
                    </>
                  )}
                </span>
              )}
            </li>
          ))}
        {report.rejected.map((name) => (
          <li key={name} className={styles.item}>
            <span className={styles.name} title={name}>
              {name}
            </span>
            <FailureText failure={{ code: 'file-unsupported', message: '' }} />
          </li>
        ))}
      </ul>
    </section>
  )
}
