import { Button, Group, PasswordInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failureOf, orpc } from '../../../client/index.ts'
import { FailureNote } from '../../../ui/failure-note.tsx'
import { useLookAgain } from './use-shelf.ts'

/** The key of a paid server. What is kept is never shown again. */
export function KeyField({ id, known }: { id: string; known: boolean }) {
  const { t } = useTranslation()
  const [key, setKey] = useState('')
  const lookAgain = useLookAgain()
  const setKeyOf = useMutation(
    orpc.models.setKey.mutationOptions({
      onSuccess: async () => {
        setKey('')
        await lookAgain()
      },
    }),
  )
  const save = () => {
    if (key.trim() !== '') setKeyOf.mutate({ key })
  }
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <PasswordInput
          id={id}
          flex={1}
          autoComplete="off"
          placeholder={known ? t('models.writer.keyKnown') : t('models.writer.keyNone')}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') save()
          }}
        />
        {known && key === '' ? (
          <Button variant="default" loading={setKeyOf.isPending} onClick={() => setKeyOf.mutate({ key: '' })}>
            {t('models.writer.keyForget')}
          </Button>
        ) : (
          <Button variant="default" disabled={key.trim() === ''} loading={setKeyOf.isPending} onClick={save}>
            {t('models.writer.keySave')}
          </Button>
        )}
      </Group>
      {setKeyOf.error && <FailureNote failure={failureOf(setKeyOf.error)} />}
    </>
  )
}
