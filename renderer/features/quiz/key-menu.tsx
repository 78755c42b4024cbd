import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowBackUp, IconDots, IconFlag, IconKey, IconTrashX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { KeyChange, Question } from '#contract/quiz.ts'
import { client } from '../../client/index.ts'
import { notify } from '../../ui/notify.tsx'
import { optionLetter } from './question-body.tsx'
import { refreshQuizzes } from './quiz-queries.ts'

/** What a person may decide about a question's key after the test; every test with it is marked again. */
export function KeyMenu({ number, question }: { number: number; question: Question }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { id: questionId, dropped, keyVersion } = question
  const change = useMutation({
    mutationFn: (make: () => Promise<KeyChange>) => make(),
    onSuccess: ({ kinCount, rescoredCount }) => {
      void refreshQuizzes(queryClient)
      notify({
        title: t('quiz.key.done'),
        message: [
          t('quiz.key.rescored', { count: rescoredCount }),
          ...(kinCount > 0 ? [t('quiz.key.kin', { count: kinCount })] : []),
        ].join(' '),
        action: {
          label: t('quiz.key.restore'),
          run: () => change.mutate(() => client.quiz.restoreKey({ questionId })),
        },
      })
    },
    meta: { failureTitle: 'quiz.key.failed' },
  })
  return (
    <Menu width={300} position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('quiz.key.menu', { number })} loading={change.isPending}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {dropped === undefined && (
          <>
            <Menu.Item
              leftSection={<IconFlag size={16} />}
              onClick={() => change.mutate(() => client.quiz.report({ questionId }))}
            >
              {t('quiz.key.report')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTrashX size={16} />}
              onClick={() => change.mutate(() => client.quiz.drop({ questionId }))}
            >
              {t('quiz.key.drop')}
            </Menu.Item>
            <Menu.Label>{t('quiz.key.change')}</Menu.Label>
            {question.options.map((option, answerIndex) => (
              <Menu.Item
                // biome-ignore lint/suspicious/noArrayIndexKey: options never change and may repeat
                key={answerIndex}
                leftSection={<IconKey size={16} />}
                disabled={answerIndex === question.answerIndex}
                onClick={() => change.mutate(() => client.quiz.changeKey({ questionId, answerIndex }))}
              >
                {optionLetter(answerIndex)} {option}
              </Menu.Item>
            ))}
          </>
        )}
        {(dropped !== undefined || keyVersion > 1) && (
          <Menu.Item
            leftSection={<IconArrowBackUp size={16} />}
            onClick={() => change.mutate(() => client.quiz.restoreKey({ questionId }))}
          >
            {t('quiz.key.restore')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
