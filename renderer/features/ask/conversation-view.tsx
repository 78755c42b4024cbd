import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconFileTypeDocx, IconPencil, IconPrinter, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer, Conversation } from '#contract/ask.ts'
import type { AnswerId } from '#contract/ids.ts'
import { saveFile, saveTextFile } from '../../ui/save-text-file.ts'
import { AnswerView } from './answer-view.tsx'
import { conversationAsDocx } from './conversation-document.ts'
import { conversationAsMarkdown, fileNameOf } from './conversation-text.ts'
import styles from './conversation-view.module.css'
import { useAnswerWords } from './use-answer-words.ts'

/** A conversation's turns, oldest first, and what can be done with all of it. */
export function ConversationView(props: {
  conversation: Conversation
  answers: readonly Answer[]
  busy: boolean
  /** An answer being made in the place of one of the turns. */
  running: { in: AnswerId; view: ReactNode } | undefined
  onAgain(answer: Answer): void
  onContinue(answer: Answer): void
  onWiden(answer: Answer): void
  onRename(): void
  onDelete(): void
}) {
  const { conversation, answers, busy, running, onAgain, onContinue, onWiden, onRename, onDelete } = props
  const { title } = conversation
  const { t } = useTranslation()
  const words = useAnswerWords()
  const saveDocx = useMutation({
    mutationFn: () => conversationAsDocx(title, answers, words),
    onSuccess: (written) => saveFile(fileNameOf(title, 'docx'), written),
    meta: { failureTitle: 'ask.conversation.exportFailed' },
  })
  // A title that is still the first question stands just below.
  const isNamed = title !== answers[0]?.question
  return (
    <>
      <header className={styles.header}>
        <h2 className={isNamed ? styles.title : 'visually-hidden'}>{title}</h2>
        <Menu width={260} position="bottom-end">
          <Menu.Target>
            <ActionIcon className={styles.menu} aria-label={t('ask.conversation.menu')}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconDownload size={16} />}
              onClick={() =>
                saveTextFile(fileNameOf(title, 'md'), conversationAsMarkdown(title, answers, words), 'text/markdown')
              }
            >
              {t('ask.conversation.export')}
            </Menu.Item>
            <Menu.Item leftSection={<IconFileTypeDocx size={16} />} onClick={() => saveDocx.mutate()}>
              {t('ask.conversation.exportDocx')}
            </Menu.Item>
            <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => globalThis.print()}>
              {t('ask.conversation.print')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={onRename}>
              {t('common.rename')}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={onDelete}>
              {t('common.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {answers.map((answer) => (
        <Fragment key={answer.id}>
          {running?.in === answer.id ? (
            running.view
          ) : (
            <AnswerView
              answer={answer}
              busy={busy}
              onAgain={() => onAgain(answer)}
              onContinue={() => onContinue(answer)}
              onWiden={isNarrow(answer) ? () => onWiden(answer) : undefined}
            />
          )}
        </Fragment>
      ))}
    </>
  )
}

function isNarrow({ scope: { documentIds = [], collectionIds = [], selection } }: Answer): boolean {
  return documentIds.length + collectionIds.length > 0 || selection !== undefined
}
