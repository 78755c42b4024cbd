import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useParams, useSearch } from 'wouter'
import type { Answer, Conversation } from '#contract/ask.ts'
import { type AnswerId, ConversationId, DocumentId } from '#contract/ids.ts'
import { failureOf, orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { NameDialog } from '../../ui/name-dialog.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { RetryNote } from '../../ui/retry-note.tsx'
import { AskBox } from './ask-box.tsx'
import styles from './ask-page.module.css'
import { conversationPath, readAskBeginning } from './ask-path.ts'
import { AskStart } from './ask-start.tsx'
import { useAskView } from './ask-view.ts'
import { isRunning, type Question } from './asking.ts'
import { AskingView } from './asking-view.tsx'
import { ConversationList } from './conversation-list.tsx'
import { ConversationView } from './conversation-view.tsx'
import { useAsking } from './use-asking.ts'
import { useConversationActions } from './use-conversation-actions.tsx'
import { useFollowEnd } from './use-follow-end.ts'

/** /ask and /ask/:conversationId */
export function AskPage() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const params = useParams<{ conversationId?: string }>()
  const [path] = useLocation()
  const search = useSearch()
  const openId = params.conversationId ? ConversationId.parse(params.conversationId) : undefined
  const input = useRef<HTMLTextAreaElement>(null)
  const foot = useRef<HTMLDivElement>(null)
  const main = useRef<HTMLDivElement>(null)
  const { asking, ask, stop, forget } = useAsking()
  const view = useAskView()
  const [renaming, setRenaming] = useState<Conversation>()
  const { rename, removeWithUndo } = useConversationActions(openId)
  const { data: documents } = useQuery(orpc.documents.list.queryOptions())
  const stored = useQuery(
    orpc.ask.conversation.queryOptions({ input: openId ? { conversationId: openId } : skipToken, staleTime: 0 }),
  )
  const answers = (openId && stored.data?.answers) || []

  const askNow = (question: string, rest: Partial<Question> = {}) => {
    const { engine, scope, selection } = useAskView.getState()
    ask({ question, engine, scope, selection, conversationId: openId, ...rest })
  }
  const askDraft = (question: string) => {
    askNow(question)
    view.set({ draft: '' })
  }
  /** Asked as it was asked, by whom is chosen now. */
  const askAgain = ({ id, question, task, scope, conversationId }: Answer) => {
    const { documentIds = [], collectionIds = [], selection } = scope
    askNow(question, { scope: { documentIds, collectionIds }, selection, task, conversationId, replaces: id })
  }

  // Words that came with the address are used once: coming back must not ask again.
  useEffect(() => {
    const { question, draft, documentIds } = readAskBeginning(search)
    if (!question && !draft && documentIds.length === 0) return
    const { set, engine } = useAskView.getState()
    const scope = { documentIds: documentIds.map((id) => DocumentId.parse(id)), collectionIds: [] }
    set({ scope, selection: undefined, draft: draft ?? '' })
    if (question) ask({ question, engine, scope })
    navigate('/ask', { replace: true })
    input.current?.focus()
  }, [search, ask])

  // A stretch was marked in order to be asked about.
  const { selection } = view
  useEffect(() => {
    if (selection) input.current?.focus()
  }, [selection])

  // The button that was pressed goes with the answer that is made anew: whoever works by keys goes on in the box.
  const askedAtMs = asking?.startedAtMs
  useEffect(() => {
    if (askedAtMs !== undefined && document.activeElement === document.body)
      input.current?.focus({ preventScroll: true })
  }, [askedAtMs])

  // What is settled is read from where it is kept; a new conversation gets its own address.
  const ended = asking && !isRunning(asking) ? asking : undefined
  const settledId = asking?.phase === 'answered' ? asking.answer?.conversationId : undefined
  useEffect(() => {
    if (!ended) return
    const refreshed = queryClient.invalidateQueries({ queryKey: orpc.ask.key() })
    if (!settledId) return
    if (path === '/ask' && !search) navigate(conversationPath(settledId), { replace: true })
    // Until it is read, the answer just made stands where it was written.
    void refreshed.then(forget)
  }, [ended, settledId, path, search, queryClient, forget])

  const isHere = asking !== undefined && (asking.conversationId === openId || openId === undefined)
  const takesPlaceOf = isHere ? (asking.replaces ?? asking.resumes) : undefined
  const shownAsking =
    isHere && !(asking.answer && answers.some(({ id }) => id === asking.answer?.id)) ? asking : undefined
  const isFollowing = useFollowEnd(foot, {
    begun: shownAsking?.startedAtMs,
    grown: shownAsking,
    inPlace: takesPlaceOf !== undefined,
  })
  // The answer as it is settled takes more room than it was written in: its beginning is shown, not its last source.
  const answeredId = asking?.phase === 'answered' && !takesPlaceOf ? asking.answer?.id : undefined
  const toShow = useRef<AnswerId>(undefined)
  if (answeredId) toShow.current = answeredId
  const lastId = answers.at(-1)?.id
  useEffect(() => {
    if (lastId === undefined || lastId !== toShow.current) return
    toShow.current = undefined
    if (isFollowing.current) main.current?.querySelector('article:last-of-type')?.scrollIntoView({ block: 'start' })
  }, [lastId, isFollowing])

  const busy = isRunning(asking)
  const nothingToAsk = documents !== undefined && !documents.some(({ chunkCount }) => chunkCount > 0)
  const last = answers.at(-1)
  const box = (
    <AskBox
      input={input}
      busy={busy}
      stopping={asking?.phase === 'stopping'}
      disabled={nothingToAsk}
      followsUp={openId !== undefined}
      onAsk={askDraft}
      onStop={stop}
    />
  )
  const running = shownAsking && (
    <AskingView
      asking={shownAsking}
      onAgain={() => {
        const { question, scope, selection, task, conversationId, replaces, resumes } = shownAsking
        askNow(question, { scope, selection, task, conversationId, replaces, resumes })
      }}
    />
  )
  return (
    <PageFrame
      title={t('ask.title')}
      lead={openId ? undefined : t('ask.lead')}
      width="list"
      actions={
        (openId || asking) && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => {
              if (!busy) forget()
              navigate('/ask')
              input.current?.focus()
            }}
          >
            {t('ask.history.new')}
          </Button>
        )
      }
    >
      <div className={styles.columns}>
        <div ref={main} className={styles.main}>
          {!openId && box}
          <p className="visually-hidden" role="status">
            {last && !busy ? t(last.refused ? 'ask.live.refused' : 'ask.live.ready') : ''}
          </p>
          {openId && stored.error && (
            <div className={styles.failure}>
              <RetryNote error={stored.error} onRetry={stored.refetch} />
            </div>
          )}
          {openId && stored.data && (
            <ConversationView
              conversation={stored.data.conversation}
              answers={answers}
              busy={busy}
              running={takesPlaceOf ? { in: takesPlaceOf, view: running } : undefined}
              onAgain={askAgain}
              onContinue={(part) => askNow(part.question, { conversationId: part.conversationId, resumes: part.id })}
              onWiden={({ id, question, conversationId }) => {
                view.set({ scope: { documentIds: [], collectionIds: [] }, selection: undefined })
                askNow(question, { conversationId, replaces: id })
              }}
              onRename={() => setRenaming(stored.data?.conversation)}
              onDelete={() => stored.data && void removeWithUndo(stored.data.conversation)}
            />
          )}
          {!(takesPlaceOf && openId) && running}
          {!openId && !asking && !view.selection && <AskStart onAsk={(question) => askNow(question)} />}
          {openId && <div className={styles.next}>{box}</div>}
          <div ref={foot} />
        </div>
        <aside className={styles.side}>
          <ConversationList
            openId={openId}
            onRename={setRenaming}
            onDelete={(conversation) => void removeWithUndo(conversation)}
          />
        </aside>
      </div>
      {renaming && (
        <NameDialog
          key={renaming.id}
          opened
          title={t('ask.history.renameTitle')}
          label={t('ask.history.renameLabel')}
          initialName={renaming.title}
          maxLength={300}
          confirmLabel={t('common.rename')}
          busy={rename.isPending}
          error={rename.error ? t(`failures.${failureOf(rename.error).code}.title`) : undefined}
          onConfirm={(title) =>
            rename.mutate({ conversationId: renaming.id, title }, { onSuccess: () => setRenaming(undefined) })
          }
          onClose={() => setRenaming(undefined)}
        />
      )}
    </PageFrame>
  )
}
