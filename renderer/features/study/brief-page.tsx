import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconPrinter, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { BriefId } from '#contract/ids.ts'
import type { Brief } from '#contract/study.ts'
import { navigate } from '../../state/hash-location.ts'
import { jobsQuery } from '../../state/jobs-query.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { saveTextFile } from '../../ui/save-text-file.ts'
import { fileNameOf, SourceList, useAnswerWords } from '../ask/index.ts'
import { JobAtWork } from '../jobs/index.ts'
import { BriefEngine } from './brief-engine.tsx'
import styles from './brief-page.module.css'
import { BriefSectionView } from './brief-section.tsx'
import { briefAsMarkdown } from './brief-text.ts'
import { newBriefPath } from './study-path.ts'
import { briefQuery } from './study-queries.ts'
import { useDeleteBrief } from './use-delete-brief.ts'

/** /study/:briefId: a summary section by section, or two documents side by side. */
export function BriefPage() {
  const { t } = useTranslation()
  const { briefId = '' } = useParams<{ briefId: string }>()
  const query = useQuery(briefQuery(BriefId.parse(briefId)))
  const brief = query.data
  const remove = useDeleteBrief()
  const words = useAnswerWords()
  if (!brief) {
    return (
      <PageFrame title={t('study.title')} width="form">
        <PageWaiting query={query} height={200} />
      </PageFrame>
    )
  }
  const { kind, title, chapter, sections, citations } = brief
  const name = chapter ? `${title} › ${chapter}` : title
  const byNumber = new Map(citations.map((citation) => [citation.number, citation]))
  return (
    <PageFrame
      title={name}
      lead={
        <>
          {t(`study.kind.${kind}`)} · <BriefEngine brief={brief} />
        </>
      }
      width={kind === 'summary' ? 'form' : 'list'}
      actions={
        <Menu width={220} position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('study.menu')}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconDownload size={16} />}
              onClick={() => saveTextFile(fileNameOf(name, 'md'), briefAsMarkdown(brief, words), 'text/markdown')}
            >
              {t('ask.conversation.export')}
            </Menu.Item>
            <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => globalThis.print()}>
              {t('ask.conversation.print')}
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() => void remove(brief).then(() => navigate('/study'))}
            >
              {t('common.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      }
    >
      <Standing brief={brief} />
      <div className={kind === 'comparison' ? styles.columns : styles.sections} data-testid="brief">
        {sections.map((section, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sections are only ever added at the end
          <BriefSectionView key={at} kind={kind} section={section} citations={byNumber} />
        ))}
      </div>
      {citations.length > 0 && (
        <section className={styles.sources}>
          <h2 className={styles.heading}>{t('ask.answer.sources')}</h2>
          <SourceList citations={citations} />
        </section>
      )}
    </PageFrame>
  )
}

/** How far it is, with a way to stop it; or why it is not whole. */
function Standing({ brief }: { brief: Brief }) {
  const { t } = useTranslation()
  const { data } = useQuery(jobsQuery())
  const job = data?.jobs.find(({ id }) => id === brief.jobId)
  if (brief.status === 'making') {
    return (
      <div className={styles.making}>
        <JobAtWork job={job} starting={t('study.status.making')} />
      </div>
    )
  }
  if (brief.status === 'failed') {
    return (
      <FailureNote
        failure={{ code: 'not-enough-material', message: brief.note ?? '' }}
        title={t('study.notMade')}
        actions={
          <Button component={Link} href={newBriefPath(brief.kind)} size="xs" variant="default">
            {t('study.chooseOther')}
          </Button>
        }
      />
    )
  }
  return brief.status === 'cancelled' ? <p className={styles.note}>{t('study.partial')}</p> : null
}
