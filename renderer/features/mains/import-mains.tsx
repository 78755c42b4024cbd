import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, failureOf } from '../../client/index.ts'
import { ImportOutcome, QuestionFileImport } from '../../ui/question-file-import.tsx'
import { refreshMains } from './mains-queries.ts'

/** Brings questions in from a JSON or CSV file, and tells what was left out and why. */
export function ImportMains() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const bring = useMutation({
    mutationFn: async (file: File) => client.mains.importQuestions({ text: await file.text() }),
    onSuccess: () => refreshMains(queryClient),
  })
  const { data: outcome } = bring
  return (
    <QuestionFileImport
      title={t('common.import.action')}
      isBusy={bring.isPending}
      failure={bring.error ? failureOf(bring.error) : undefined}
      onFile={bring.mutate}
      onClose={bring.reset}
    >
      {outcome && (
        <ImportOutcome
          takenCount={outcome.importedCount}
          duplicates={outcome.duplicates.map(({ number, question: text }) => ({ number, text }))}
          problems={outcome.problems.map(({ number, message: text }) => ({ number, text }))}
          actions={
            <Button variant="default" onClick={bring.reset}>
              {t('common.close')}
            </Button>
          }
        />
      )}
    </QuestionFileImport>
  )
}
