import type { AskEngine, Selection } from '#contract/ask.ts'
import { CardId, type DocumentId } from '#contract/ids.ts'
import type { Card } from '#contract/study.ts'
import { asQuote } from '../ask/cite-sentence.ts'
import { isUsableSentence } from '../ask/is-usable-sentence.ts'
import { locateSelection } from '../ask/selected-passages.ts'
import { StudyError } from '../errors.ts'
import { splitSentences } from '../ingest/split-sentences.ts'
import type { Clock, Ids, LanguageModel } from '../ports.ts'
import { foldWord, wordsOf } from '../search/query-words.ts'
import type { ReadDb } from '../store/connection.ts'
import { findDocument } from '../store/documents.rows.ts'
import type { Store } from '../store/open-store.ts'
import { readPageLabel } from '../store/pages.rows.ts'
import { readPageText } from '../store/search.rows.ts'
import { type CardRow, findCards, insertCards, markCardsDeleted, readCards, updateCard } from '../store/study.rows.ts'
import { type CardDraft, draftByModel, draftByRules } from './draft-cards.ts'
import { toCsv } from './to-csv.ts'

/** Flashcards: one method a procedure of studyContract. */
export interface Cards {
  cards(input: { documentId?: DocumentId | undefined; query: string }): Card[]
  /** Throws `not-found`, `not-enough-material`, and what is wrong with a model that was asked for by name. */
  makeCards(input: { selection: Selection; engine: AskEngine }, signal?: AbortSignal): Promise<Card[]>
  updateCard(input: { cardId: CardId; front: string; back: string }): Card
  deleteCards(input: { cardIds: CardId[] }): void
  restoreCards(input: { cardIds: CardId[] }): Card[]
  cardsCsv(input: { documentId?: DocumentId | undefined }): string
}

export interface CardsParts {
  store: Store
  model: LanguageModel
  ids: Ids
  clock: Pick<Clock, 'nowMs'>
}

export function makeCards({ store, model, ids, clock }: CardsParts): Cards {
  const db = store.reader

  async function draft(
    { documentId, page, text }: Selection,
    engine: AskEngine,
    signal: AbortSignal,
  ): Promise<{ drafts: CardDraft[]; by: Pick<CardRow, 'engine' | 'model'> }> {
    const marked = locateSelection(db, { documentId, page, text })
    const pageText = readPageText(db, documentId, page) ?? ''
    const status = engine === 'extractive' ? undefined : await model.status(signal, { patient: true })
    if (status?.state === 'ready' || engine === 'ollama') {
      const drafts = await draftByModel(model, { text: pageText, ...marked }, signal)
      return { drafts, by: { engine: 'ollama', model: status?.model ?? null } }
    }
    const sentences = splitSentences(pageText.slice(marked.startOffset, marked.endOffset)).map(({ start, end }) => ({
      text: pageText.slice(marked.startOffset + start, marked.startOffset + end),
      startOffset: marked.startOffset + start,
      endOffset: marked.startOffset + end,
    }))
    const drafts = draftByRules(sentences.filter((sentence) => isUsableSentence(sentence.text)))
    return { drafts, by: { engine: 'rules', model: null } }
  }

  return {
    cards({ documentId, query }) {
      const words = wordsOf(query).map(({ folded }) => folded)
      return readCards(db, documentId)
        .filter(({ front, back }) => {
          const folded = foldWord(`${front} ${back}`)
          return words.every((word) => folded.includes(word))
        })
        .map((row) => toCard(db, row))
    },
    async makeCards({ selection, engine }, given) {
      const signal = given ?? new AbortController().signal
      const { documentId, page } = selection
      const document = findDocument(db, documentId)
      if (!document) throw new StudyError('not-found', 'This document is not in the library any more.')
      const { drafts, by } = await draft(selection, engine, signal)
      if (drafts.length === 0) {
        throw new StudyError(
          'not-enough-material',
          'The marked text states no date, number, name or meaning that a card could ask for. Mark whole sentences, or more of them.',
        )
      }
      const pageText = readPageText(db, documentId, page) ?? ''
      const nowMs = clock.nowMs()
      const rows = drafts.map(({ startOffset, endOffset, ...sides }) => ({
        id: CardId.parse(ids.next()),
        ...sides,
        ...by,
        documentId,
        documentTitle: document.title,
        documentPath: document.path,
        pageNumber: page,
        quote: asQuote(pageText.slice(startOffset, endOffset)),
        startOffset,
        endOffset,
        sourceLost: false,
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
        deletedAtMs: null,
      }))
      store.transaction((write) => insertCards(write, rows))
      return rows.map((row) => toCard(db, row))
    },
    updateCard({ cardId, front, back }) {
      store.transaction((write) => updateCard(write, cardId, { front, back, updatedAtMs: clock.nowMs() }))
      const [row] = findCards(db, [cardId])
      if (!row) throw new StudyError('not-found', 'This card is no longer there.')
      return toCard(db, row)
    },
    deleteCards: ({ cardIds }) => store.transaction((write) => markCardsDeleted(write, cardIds, clock.nowMs())),
    restoreCards({ cardIds }) {
      store.transaction((write) => markCardsDeleted(write, cardIds, null))
      return findCards(db, cardIds).map((row) => toCard(db, row))
    },
    cardsCsv: ({ documentId }) =>
      toCsv(
        ['front', 'back', 'document', 'page', 'quote'],
        readCards(db, documentId).map(({ front, back, documentTitle, pageNumber, quote }) => [
          front,
          back,
          documentTitle,
          documentTitle === '' ? '' : String(pageNumber),
          quote,
        ]),
      ),
  }
}

/** A card as the contract shows it; one without a document has no source. */
export function toCard(db: ReadDb, row: CardRow): Card {
  const { id, front, back, kind, engine, model, documentId, documentPath, documentTitle, pageNumber, quote } = row
  const { startOffset, endOffset, createdAtMs, updatedAtMs } = row
  const pageLabel = readPageLabel(db, documentId, pageNumber)
  return {
    id,
    front,
    back,
    kind,
    engine,
    ...(model !== null && { model }),
    ...(documentId !== '' && {
      source: {
        documentId,
        path: documentPath,
        title: documentTitle,
        page: pageNumber,
        ...(pageLabel && { pageLabel }),
        quote,
        startOffset,
        endOffset,
        ...(row.sourceLost && { lost: true }),
      },
    }),
    createdAtMs,
    updatedAtMs,
  }
}
