import { ActionIcon, Button, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCards, IconDownload, IconPencil, IconSearch, IconTrash } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearch } from 'wouter'
import { DocumentId } from '#contract/ids.ts'
import type { Card } from '#contract/study.ts'
import { client, orpc } from '../../client/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { notify } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { pageName } from '../../ui/page-name.ts'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { saveTextFile } from '../../ui/save-text-file.ts'
import { readerPath } from '../reader/index.ts'
import { CardDialog } from './card-dialog.tsx'
import styles from './cards-page.module.css'

const TYPING_MS = 150

/** /study/cards: every flashcard, of one document where the address names one. */
export function CardsPage() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const given = new URLSearchParams(useSearch()).get('document')
  const documentId = given ? DocumentId.parse(given) : undefined
  const [words, setWords] = useState('')
  const [query] = useDebouncedValue(words.trim(), TYPING_MS)
  const [editing, setEditing] = useState<Card>()
  const ofDocument = documentId ? { documentId } : {}
  const found = useQuery(
    orpc.study.cards.queryOptions({ input: { query, ...ofDocument }, staleTime: 0, placeholderData: keepPreviousData }),
  )
  const cards = found.data
  const refresh = () => queryClient.invalidateQueries({ queryKey: orpc.study.cards.key() })
  const restore = useMutation(orpc.study.restoreCards.mutationOptions({ onSuccess: refresh }))
  const remove = useMutation(
    orpc.study.deleteCards.mutationOptions({
      onSuccess: async (_done, { cardIds }) => {
        await refresh()
        notify({
          title: t('study.cards.deleted'),
          action: { label: t('common.undo'), run: () => restore.mutate({ cardIds }) },
        })
      },
    }),
  )
  const save = async () =>
    saveTextFile(`${t('study.cards.title')}.csv`, await client.study.cardsCsv(ofDocument), 'text/csv')
  return (
    <PageFrame
      title={t('study.cards.title')}
      lead={
        documentId && cards?.[0]?.source ? (
          <>
            {cards[0].source.title} · <Link href="/study/cards">{t('study.cards.all')}</Link>
          </>
        ) : (
          t('study.cards.lead')
        )
      }
      width="form"
      actions={
        cards &&
        cards.length > 0 && (
          <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => void save()}>
            {t('study.cards.export')}
          </Button>
        )
      }
    >
      <PageWaiting query={found} height={160} failureTitle={t('study.failed')} />
      {(words !== '' || (cards?.length ?? 0) > 0) && (
        <TextInput
          mb={12}
          aria-label={t('study.cards.find')}
          placeholder={t('study.cards.find')}
          leftSection={<IconSearch size={16} />}
          rightSection={words && <CloseButton size="sm" aria-label={t('common.clear')} onClick={() => setWords('')} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      {cards?.length === 0 && query !== '' && <p className={styles.note}>{t('study.cards.notFound', { query })}</p>}
      {cards?.length === 0 && query === '' && (
        <EmptyState
          icon={<IconCards size={26} />}
          title={t('study.cards.empty.title')}
          body={t('study.cards.empty.body')}
          actions={
            <Button component={Link} href="/library">
              {t('ask.start.library')}
            </Button>
          }
        />
      )}
      <ul className={styles.list} aria-label={t('study.cards.title')}>
        {cards?.map((card) => (
          <li key={card.id} className={styles.card} data-testid="card">
            <p className={styles.front}>{card.front}</p>
            <p className={styles.back}>{card.back}</p>
            <div className={styles.foot}>
              <span>
                {card.source && (
                  <>
                    <Link href={readerPath(card.source)}>
                      {card.source.title}, {pageName(t, card.source)}
                    </Link>
                    {card.source.lost && <> {t('common.lostSource')}</>}
                    {' · '}
                  </>
                )}
                {t(`study.cards.engine.${card.engine}`, { model: card.model ?? 'Ollama' })}
              </span>
              <span className={styles.actions}>
                <ActionIcon size="sm" aria-label={t('study.cards.edit')} onClick={() => setEditing(card)}>
                  <IconPencil size={15} />
                </ActionIcon>
                <ActionIcon
                  size="sm"
                  aria-label={t('study.cards.delete')}
                  onClick={() => remove.mutate({ cardIds: [card.id] })}
                >
                  <IconTrash size={15} />
                </ActionIcon>
              </span>
            </div>
          </li>
        ))}
      </ul>
      {editing && (
        <CardDialog
          key={editing.id}
          card={editing}
          onSaved={() => {
            setEditing(undefined)
            void refresh()
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
    </PageFrame>
  )
}
