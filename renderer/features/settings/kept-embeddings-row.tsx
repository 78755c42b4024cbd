import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EmbeddingStatus, KeptEmbeddings } from '#contract/embedding.ts'
import { failureOf, orpc } from '../../client/index.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { SettingsRow } from './settings-section.tsx'

/** The vectors of a model that was in use before: they can go, but then going back embeds the library anew. */
export function KeptEmbeddingsRow({ model, show }: { model: KeptEmbeddings; show(status: EmbeddingStatus): void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [asking, setAsking] = useState(false)
  const forget = useMutation(
    orpc.embedding.forget.mutationOptions({
      onSuccess(now) {
        setAsking(false)
        show(now)
      },
    }),
  )
  const { modelId, name, vectorCount, byteSize } = model
  return (
    <SettingsRow
      label={t('settings.embedding.kept', { name })}
      hint={t('settings.embedding.keptHint', { count: vectorCount, size: format.bytes(byteSize) })}
    >
      <Button
        variant="default"
        size="xs"
        aria-label={`${t('settings.embedding.forget')}: ${name}`}
        onClick={() => setAsking(true)}
      >
        {t('settings.embedding.forget')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('settings.embedding.forgetTitle', { name })}
        body={t('settings.embedding.forgetBody')}
        confirmLabel={t('settings.embedding.forgetConfirm')}
        busy={forget.isPending}
        failure={forget.error ? failureOf(forget.error) : undefined}
        onConfirm={() => forget.mutate({ modelId })}
        onClose={() => setAsking(false)}
      />
    </SettingsRow>
  )
}
