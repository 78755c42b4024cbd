import { ActionIcon, Button, Loader } from '@mantine/core'
import { IconColumns2, IconFileText, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { BriefSummary } from '#contract/study.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { BriefEngine } from './brief-engine.tsx'
import styles from './study-page.module.css'
import { briefPath, newBriefPath } from './study-path.ts'
import { briefsQuery } from './study-queries.ts'
import { useDeleteBrief } from './use-delete-brief.ts'

/** /study: summaries and comparisons. */
export function StudyPage() {
  const { t } = useTranslation()
  const query = useQuery(briefsQuery())
  const briefs = query.data
  const make = (
    <>
      <Button component={Link} href={newBriefPath('summary')} leftSection={<IconFileText size={16} />}>
        {t('study.summarise')}
      </Button>
      <Button
        component={Link}
        href={newBriefPath('comparison')}
        variant="default"
        leftSection={<IconColumns2 size={16} />}
      >
        {t('study.compare')}
      </Button>
    </>
  )
  return (
    <PageFrame title={t('study.title')} lead={t('study.lead')} actions={briefs && briefs.length > 0 && make}>
      <PageWaiting query={query} height={160} failureTitle={t('study.failed')} />
      {briefs?.length === 0 && (
        <EmptyState
          icon={<IconFileText size={26} />}
          title={t('study.empty.title')}
          body={t('study.empty.body')}
          actions={make}
        />
      )}
      {briefs && briefs.length > 0 && (
        <ul className={styles.list} aria-label={t('study.title')}>
          {briefs.map((brief) => (
            <BriefRow key={brief.id} brief={brief} />
          ))}
        </ul>
      )}
    </PageFrame>
  )
}

function BriefRow({ brief }: { brief: BriefSummary }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nowMs = useNow()
  const remove = useDeleteBrief()
  const { id, kind, title, chapter, status, createdAtMs } = brief
  return (
    <li className={styles.row}>
      <div className={styles.texts}>
        <Link href={briefPath(id)} className={styles.title}>
          {title}
          {chapter && ` › ${chapter}`}
        </Link>
        <p className={`${styles.note} tabular`}>
          {t(`study.kind.${kind}`)} · <BriefEngine brief={brief} /> ·{' '}
          {format.relative(Math.min(createdAtMs, nowMs), nowMs)}
        </p>
      </div>
      {status !== 'ready' && (
        <span className={styles.status} data-status={status}>
          {status === 'making' && <Loader size={12} />} {t(`study.status.${status}`)}
        </span>
      )}
      <ActionIcon aria-label={t('study.delete', { title })} onClick={() => void remove(brief)}>
        <IconTrash size={16} />
      </ActionIcon>
    </li>
  )
}
