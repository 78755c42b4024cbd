import { Button, Menu } from '@mantine/core'
import { IconScan } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Document } from '#contract/documents.ts'
import { orpc } from '../../client/index.ts'
import { ReaderNotice } from './reader-notice.tsx'
import { RecogniseMenuItems } from './recognise-menu-items.tsx'

/** Says where the words of the page in view come from, when that is its picture: how sure they are, or that there are none. */
export function RecognitionNotice({ document, pageNumber }: { document: Document; pageNumber: number }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const mayBeScan = document.unreadablePageCount > 0 || document.recognition !== undefined
  const options = orpc.documents.page.queryOptions({
    input: { documentId: document.id, pageNumber },
    enabled: mayBeScan,
    retry: false,
    staleTime: 60_000,
  })
  const { data: page } = useQuery(options)
  // Its words may have come meanwhile.
  useEffect(() => {
    if (document.updatedAtMs > 0) void queryClient.invalidateQueries({ queryKey: orpc.documents.page.key() })
  }, [queryClient, document.updatedAtMs])
  if (!mayBeScan || !page) return null
  const { recognition } = page
  const hasText = page.text.trim() !== ''
  if (!recognition && hasText) return null
  const confidence = Math.round(recognition?.confidence ?? 0)
  const text =
    recognition?.state === 'wanted'
      ? t(
          document.recognition?.awaitsPassword
            ? 'reader.recognition.locked'
            : hasText
              ? 'reader.recognition.replacing'
              : 'reader.recognition.wanted',
        )
      : recognition?.state === 'done' && hasText
        ? t('reader.recognition.done', { confidence })
        : recognition?.state === 'done'
          ? t('reader.recognition.blank')
          : recognition?.state === 'refused'
            ? t('reader.recognition.refused', { confidence })
            : recognition?.state === 'failed'
              ? t('reader.recognition.failed')
              : t('reader.notice.unreadable')
  return (
    <ReaderNotice
      tone="info"
      icon={<IconScan size={16} />}
      actions={
        recognition?.state !== 'wanted' && (
          <Menu width={240} position="bottom-end">
            <Menu.Target>
              <Button size="compact-sm" variant="default">
                {t(recognition ? 'reader.recognition.again' : 'reader.recognition.now')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <RecogniseMenuItems documentId={document.id} pageNumber={pageNumber} />
            </Menu.Dropdown>
          </Menu>
        )
      }
    >
      {text}
    </ReaderNotice>
  )
}
