import { Button, Menu } from '@mantine/core'
import { IconDownload, IconFileTypeCsv, IconJson, IconPrinter } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { QuizId } from '#contract/ids.ts'
import type { QuestionFormat } from '#contract/quiz.ts'
import { client } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { saveTextFile } from '../../ui/save-text-file.ts'

/** A quiz's questions as a file, or on paper. */
export function ExportMenu({ quizId }: { quizId: QuizId }) {
  const { t } = useTranslation()
  const save = useMutation({
    mutationFn: (format: QuestionFormat) => client.quiz.exportQuestions({ quizId, format }),
    onSuccess: ({ fileName, text, mediaType }) => saveTextFile(fileName, text, mediaType),
    meta: { failureTitle: 'quiz.export.failed' },
  })
  const print = (key: 0 | 1) => navigate(`/quizzes/print/${encodeURIComponent(quizId)}?key=${key}`)
  return (
    <Menu width={260} position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} loading={save.isPending}>
          {t('quiz.export.action')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => print(0)}>
          {t('quiz.export.print')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => print(1)}>
          {t('quiz.export.printKey')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconJson size={16} />} onClick={() => save.mutate('json')}>
          {t('quiz.export.json')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileTypeCsv size={16} />} onClick={() => save.mutate('csv')}>
          {t('quiz.export.csv')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
