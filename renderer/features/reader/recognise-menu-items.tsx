import { Menu } from '@mantine/core'
import { IconScan } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { OcrLanguage } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import { orpc } from '../../client/index.ts'

/** Asks for a page, or all pages without text of their own, to be recognised (again), in a language or whichever fits. */
export function RecogniseMenuItems({ documentId, pageNumber }: { documentId: DocumentId; pageNumber?: number }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const recognise = useMutation(
    orpc.documents.recognise.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: orpc.documents.key() }),
    }),
  )
  const ask = (language?: OcrLanguage) =>
    recognise.mutate({ documentId, ...(pageNumber && { pageNumber }), ...(language && { language }) })
  return (
    <>
      <Menu.Item leftSection={<IconScan size={16} />} onClick={() => ask()}>
        {t('reader.recognition.anyLanguage')}
      </Menu.Item>
      {OcrLanguage.options.map((language) => (
        <Menu.Item key={language} leftSection={<IconScan size={16} />} onClick={() => ask(language)}>
          {t(`reader.recognition.in.${language}`)}
        </Menu.Item>
      ))}
    </>
  )
}
