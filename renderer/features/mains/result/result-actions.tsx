import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconPrinter, IconRefresh, IconTrash, IconWriting } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { MainsAnswer } from '#contract/mains.ts'
import { client, failureOf, orpc } from '../../../client/index.ts'
import { navigate } from '../../../state/hash-location.ts'
import { notify } from '../../../ui/notify.tsx'
import { saveTextFile } from '../../../ui/save-text-file.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import { resultPath, writePath } from '../mains-path.ts'
import { isBeingRead, refreshMains } from '../mains-queries.ts'
import styles from './result-page.module.css'

/** What can be done with an answer that was handed in. */
export function ResultActions({ answer }: { answer: MainsAnswer }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const queryClient = useQueryClient()
  const answerId = answer.id
  const refresh = () => refreshMains(queryClient)
  const onError = (error: unknown) =>
    notify({ title: t('mains.result.gone'), message: failureOf(error).message, failed: true })
  const again = useMutation({
    mutationFn: () => client.mains.begin({ questionId: answer.question.id }),
    onSuccess: (begun) => {
      void refresh()
      navigate(writePath(begun.id))
    },
    onError,
  })
  const evaluate = useMutation(orpc.mains.evaluateAgain.mutationOptions({ onSuccess: refresh, onError }))
  const save = useMutation({
    mutationFn: () => client.mains.exportAnswer({ answerId, language }),
    onSuccess: ({ text, fileName }) => saveTextFile(fileName, text, 'text/markdown'),
    onError,
  })
  const restore = useMutation(
    orpc.mains.restoreAnswer.mutationOptions({
      onSuccess: () => {
        void refresh()
        navigate(resultPath(answerId))
      },
      onError,
    }),
  )
  const remove = useMutation(
    orpc.mains.deleteAnswer.mutationOptions({
      onSuccess: () => {
        navigate('/mains?view=answers')
        void refresh()
        notify({
          title: t('mains.deleted'),
          message: answer.question.text,
          action: { label: t('common.undo'), run: () => restore.mutate({ answerId }) },
        })
      },
      onError,
    }),
  )
  return (
    <div className={styles.actions}>
      <Button leftSection={<IconWriting size={16} />} loading={again.isPending} onClick={() => again.mutate()}>
        {t('mains.result.again')}
      </Button>
      <Menu width={230} position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('mains.result.menu')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => save.mutate()}>
            {t('mains.result.export')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => globalThis.print()}>
            {t('mains.result.print')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconRefresh size={16} />}
            disabled={isBeingRead(answer)}
            onClick={() => evaluate.mutate({ answerId })}
          >
            {t('mains.result.evaluateAgain')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => remove.mutate({ answerId })}>
            {t('common.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
