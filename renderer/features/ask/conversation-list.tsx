import { ActionIcon, CloseButton, Loader, Menu, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDots, IconPencil, IconSearch, IconTrash } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Conversation } from '#contract/ask.ts'
import type { ConversationId } from '#contract/ids.ts'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { conversationPath } from './ask-path.ts'
import { isRunning } from './asking.ts'
import styles from './conversation-list.module.css'
import { conversationsQuery } from './conversations-query.ts'
import { useAsking } from './use-asking.ts'

const TYPING_MS = 150
/** Fewer are seen at a glance. */
const SEARCHABLE_FROM = 6

/** Earlier conversations, newest first, with the one being answered in front, and a search through all that was said. */
export function ConversationList(props: {
  openId: ConversationId | undefined
  onRename(conversation: Conversation): void
  onDelete(conversation: Conversation): void
}) {
  const { openId, onRename, onDelete } = props
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [query] = useDebouncedValue(words.trim(), TYPING_MS)
  const found = useQuery({ ...conversationsQuery(query), placeholderData: keepPreviousData })
  const { data } = found
  const asking = useAsking((state) => state.asking)
  const running = isRunning(asking) ? asking : undefined
  const isNew = running && !data?.some(({ id }) => id === running.conversationId)
  return (
    <nav className={styles.history} aria-labelledby="ask-history">
      <h2 id="ask-history" className={styles.heading}>
        {t('ask.history.title')}
      </h2>
      {(words !== '' || (data?.length ?? 0) >= SEARCHABLE_FROM) && (
        <TextInput
          size="xs"
          className={styles.find}
          aria-label={t('ask.history.find')}
          placeholder={t('ask.history.find')}
          leftSection={<IconSearch size={14} />}
          rightSection={words && <CloseButton size="xs" aria-label={t('common.clear')} onClick={() => setWords('')} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <PageWaiting query={found} height={140} failureTitle={t('ask.history.failed')} />
      {data?.length === 0 && !running && (
        <p className={styles.empty}>{query ? t('ask.history.notFound', { query }) : t('ask.history.empty')}</p>
      )}
      <ul className={styles.list}>
        {isNew && !query && (
          <li className={styles.item} data-open={openId === undefined || undefined}>
            <Link href="/ask" className={styles.link}>
              <span className={styles.question}>{running.question}</span>
              <span className={styles.note}>
                <Loader size={11} /> {t('ask.history.running')}
              </span>
            </Link>
          </li>
        )}
        {data?.map((conversation) => (
          <Item
            key={conversation.id}
            conversation={conversation}
            isOpen={conversation.id === openId}
            isRunning={conversation.id === running?.conversationId}
            onRename={onRename}
            onDelete={onDelete}
          />
        ))}
      </ul>
    </nav>
  )
}

function Item(props: {
  conversation: Conversation
  isOpen: boolean
  isRunning: boolean
  onRename(conversation: Conversation): void
  onDelete(conversation: Conversation): void
}) {
  const { conversation, isOpen, onRename, onDelete } = props
  const { id, title, turnCount, last, updatedAtMs } = conversation
  const { t } = useTranslation()
  const format = useFormat()
  const nowMs = useNow()
  const state = last.refused
    ? t('ask.history.refused')
    : last.partial
      ? t('ask.history.partial')
      : t('ask.history.sources', { count: last.citationCount })
  return (
    <li className={styles.item} data-open={isOpen || undefined}>
      <Link href={conversationPath(id)} className={styles.link} aria-current={isOpen ? 'page' : undefined}>
        <span className={styles.question}>{title}</span>
        <span className={`${styles.note} tabular`}>
          {props.isRunning ? (
            <>
              <Loader size={11} /> {t('ask.history.running')}
            </>
          ) : (
            <>
              {turnCount > 1 ? t('ask.history.turns', { count: turnCount }) : state}
              {' · '}
              {format.relative(Math.min(updatedAtMs, nowMs), nowMs)}
            </>
          )}
        </span>
      </Link>
      <Menu width={180} position="bottom-end">
        <Menu.Target>
          <ActionIcon className={styles.menu} size="sm" aria-label={t('ask.history.menu', { title })}>
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onRename(conversation)}>
            {t('common.rename')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => onDelete(conversation)}>
            {t('common.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}
