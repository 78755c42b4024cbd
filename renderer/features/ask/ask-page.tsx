import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useParams, useSearch } from 'wouter'
import type { Answer } from '#contract/ask.ts'
import { AnswerId, DocumentId } from '#contract/ids.ts'
import { failureOf, orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { AnswerHistory } from './answer-history.tsx'
import { AnswerView } from './answer-view.tsx'
import { AskBox } from './ask-box.tsx'
import styles from './ask-page.module.css'
import { readAskBeginning } from './ask-path.ts'
import { AskStart } from './ask-start.tsx'
import { useAskView } from './ask-view.ts'
import { AskingView } from './asking-view.tsx'
import { historyQuery } from './history-query.ts'
import { useAsking } from './use-asking.ts'

/** /ask and /ask/:answerId */
export function AskPage() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const params = useParams<{ answerId?: string }>()
  const [path] = useLocation()
  const search = useSearch()
  const answerId = params.answerId ? AnswerId.parse(params.answerId) : undefined
  const input = useRef<HTMLTextAreaElement>(null)
  const { asking, ask, stop, forget } = useAsking()
  const view = useAskView()
  const [deleting, setDeleting] = useState<Answer>()
  const { data: documents } = useQuery(orpc.documents.list.queryOptions())
  const stored = useQuery(
    orpc.ask.get.queryOptions({
      input: answerId ? { answerId } : skipToken,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  )
  const remove = useMutation(
    orpc.ask.delete.mutationOptions({
      onSuccess: async (_done, { answerId: removed }) => {
        setDeleting(undefined)
        if (removed === answerId) navigate('/ask', { replace: true })
        if (useAsking.getState().asking?.answer?.id === removed) forget()
        await queryClient.invalidateQueries({ queryKey: orpc.ask.history.key() })
      },
    }),
  )

  const askNow = (question: string) => {
    const { engine, scope } = useAskView.getState()
    ask({ question, engine, scope })
    view.set({ draft: '' })
    if (path !== '/ask') navigate('/ask')
  }

  // Words that came with the address are used once: coming back must not ask again.
  useEffect(() => {
    const { question, draft, documentIds } = readAskBeginning(search)
    if (!question && !draft && documentIds.length === 0) return
    const { set, engine } = useAskView.getState()
    const scope = { documentIds: documentIds.map((id) => DocumentId.parse(id)), collectionIds: [] }
    set({ scope, draft: draft ?? '' })
    if (question) ask({ question, engine, scope })
    navigate('/ask', { replace: true })
    input.current?.focus()
  }, [search, ask])

  // A finished answer gets its own address.
  const finished = asking?.phase === 'answered' ? asking.answer : undefined
  useEffect(() => {
    if (!finished) return
    queryClient.setQueryData(orpc.ask.get.queryKey({ input: { answerId: finished.id } }), finished)
    void queryClient.invalidateQueries({ queryKey: historyQuery().queryKey })
    if (path === '/ask' && !search) navigate(`/ask/${encodeURIComponent(finished.id)}`, { replace: true })
    forget()
  }, [finished, path, search, queryClient, forget])

  const shown = answerId ? stored.data : undefined
  const busy = asking?.phase === 'running' || asking?.phase === 'stopping'
  const nothingToAsk = documents !== undefined && !documents.some(({ chunkCount }) => chunkCount > 0)
  const askedAll = view.scope.documentIds.length + view.scope.collectionIds.length === 0
  return (
    <PageFrame
      title={t('ask.title')}
      lead={t('ask.lead')}
      width="list"
      actions={
        (answerId || asking) && (
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
        <div className={styles.main}>
          <AskBox
            input={input}
            busy={busy}
            stopping={asking?.phase === 'stopping'}
            disabled={nothingToAsk}
            onAsk={askNow}
            onStop={stop}
          />
          <p className="visually-hidden" role="status">
            {shown ? t(shown.refused ? 'ask.live.refused' : 'ask.live.ready') : ''}
          </p>
          {answerId && stored.error && (
            <div className={styles.failure}>
              <FailureNote failure={failureOf(stored.error)} />
            </div>
          )}
          {shown && (
            <AnswerView
              answer={shown}
              onAgain={() => askNow(shown.question)}
              onWiden={
                askedAll
                  ? undefined
                  : () => {
                      view.set({ scope: { documentIds: [], collectionIds: [] } })
                      askNow(shown.question)
                    }
              }
              onDelete={() => setDeleting(shown)}
            />
          )}
          {!answerId && asking && <AskingView asking={asking} onAgain={() => askNow(asking.question)} />}
          {!answerId && !asking && <AskStart onAsk={askNow} />}
        </div>
        <aside className={styles.side}>
          <AnswerHistory openId={answerId} onDelete={setDeleting} />
        </aside>
      </div>
      <ConfirmDialog
        opened={deleting !== undefined}
        title={t('ask.history.deleteTitle')}
        body={
          <>
            “{deleting?.question}”
            <br />
            {t('ask.history.deleteBody')}
          </>
        }
        confirmLabel={t('ask.history.deleteConfirm')}
        busy={remove.isPending}
        failure={remove.error ? failureOf(remove.error) : undefined}
        onConfirm={() => deleting && remove.mutate({ answerId: deleting.id })}
        onClose={() => {
          remove.reset()
          setDeleting(undefined)
        }}
      />
    </PageFrame>
  )
}
