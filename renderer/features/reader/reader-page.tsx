import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import { isImage } from '#contract/documents.ts'
import { DocumentId } from '#contract/ids.ts'
import { orpc } from '../../client/index.ts'
import { Meter } from '../../ui/meter.tsx'
import { RetryNote } from '../../ui/retry-note.tsx'
import { ImageReader } from './image/image-reader.tsx'
import { PdfReader } from './pdf/pdf-reader.tsx'
import { ReaderFrame } from './reader-frame.tsx'
import styles from './reader-page.module.css'
import { TextReader } from './text/text-reader.tsx'

/** /read/:documentId?page=&from=&to= */
export function ReaderPage() {
  const { t } = useTranslation()
  const params = useParams<{ documentId: string }>()
  const documentId = DocumentId.parse(params.documentId || 'none')
  const { data: document, error, refetch } = useQuery(orpc.documents.get.queryOptions({ input: { documentId } }))
  if (document) {
    const { mediaType } = document
    const Reader = mediaType === 'application/pdf' ? PdfReader : isImage(mediaType) ? ImageReader : TextReader
    return <Reader key={documentId} document={document} />
  }
  return (
    <ReaderFrame title={t('reader.title')}>
      <div className={styles.middle}>
        {error ? (
          <RetryNote
            error={error}
            onRetry={refetch}
            actions={
              <Button component={Link} href="/library" size="xs" variant="default">
                {t('reader.backToLibrary')}
              </Button>
            }
          />
        ) : (
          <Meter share={undefined} label={t('reader.loading')} />
        )}
      </div>
    </ReaderFrame>
  )
}
