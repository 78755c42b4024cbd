import { oc } from '@orpc/contract'
import { z } from 'zod'
import { AnswerSentence, AskEngine, Citation, Selection } from './ask.ts'
import { BriefId, CardId, DocumentId, JobId } from './ids.ts'

/** summary: of a document or one of its chapters · comparison: what each of two documents says on a topic. */
export const BriefKind = z.enum(['summary', 'comparison'])
export type BriefKind = z.infer<typeof BriefKind>

/** A stretch of a brief: of a summary one heading's, of a comparison one document's. */
export const BriefSection = z.object({
  documentId: DocumentId,
  title: z.string(),
  /** The whole in a few of its sentences, before the sections; has no title of its own. */
  isShort: z.boolean().optional(),
  /** Each with the numbers of its citations; empty where nothing was found. */
  sentences: z.array(AnswerSentence),
})
export type BriefSection = z.infer<typeof BriefSection>

export const BriefSummary = z.object({
  id: BriefId,
  kind: BriefKind,
  /** A document's title, or the topic that is compared. */
  title: z.string(),
  /** The chapter where a part of the document was summarised. */
  chapter: z.string().optional(),
  documentIds: z.array(DocumentId),
  engine: z.enum(['ollama', 'extractive']),
  model: z.string().optional(),
  status: z.enum(['making', 'ready', 'failed', 'cancelled']),
  /** Why it is not whole, or is not there. */
  note: z.string().optional(),
  jobId: JobId.optional(),
  createdAtMs: z.number(),
})
export type BriefSummary = z.infer<typeof BriefSummary>

export const Brief = BriefSummary.extend({ sections: z.array(BriefSection), citations: z.array(Citation) })
export type Brief = z.infer<typeof Brief>

/** A flashcard and where its fact stands; what plans reviews keeps its own tables by the card's id. */
export const Card = z.object({
  id: CardId,
  front: z.string(),
  back: z.string(),
  /** cloze: the front is a sentence with its key term left out. */
  kind: z.enum(['cloze', 'question']),
  engine: z.enum(['ollama', 'rules', 'person']),
  model: z.string().optional(),
  /** Absent where it was made of a question that was brought in from elsewhere. */
  source: Citation.omit({ number: true, boxes: true }).optional(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
})
export type Card = z.infer<typeof Card>

const side = z.string().trim().min(1).max(1000)

export const studyContract = {
  /** Summaries and comparisons, newest first. */
  briefs: oc.output(z.array(BriefSummary)),
  brief: oc.input(z.object({ briefId: BriefId })).output(Brief),
  /** The chapters that a document can be summarised by. */
  chapters: oc.input(z.object({ documentId: DocumentId })).output(z.array(z.string())),
  /** Queues a summary; its sections appear as they are done. */
  summarise: oc
    .input(z.object({ documentId: DocumentId, chapter: z.string().optional(), engine: AskEngine.default('auto') }))
    .output(BriefSummary),
  /** Queues a comparison of two documents on a topic. */
  compare: oc
    .input(
      z.object({
        documentIds: z.array(DocumentId).length(2),
        topic: z.string().trim().min(2).max(300),
        engine: AskEngine.default('auto'),
      }),
    )
    .output(BriefSummary),
  deleteBrief: oc.input(z.object({ briefId: BriefId })),
  restoreBrief: oc.input(z.object({ briefId: BriefId })).output(BriefSummary),
  /** Newest first; of one document where one is named, with the words of `query` where there are some. */
  cards: oc
    .input(z.object({ documentId: DocumentId.optional(), query: z.string().max(200).default('') }))
    .output(z.array(Card)),
  /** Makes and keeps cards of what a person marked. Throws `not-enough-material` where it holds no fact. */
  makeCards: oc.input(z.object({ selection: Selection, engine: AskEngine.default('auto') })).output(z.array(Card)),
  updateCard: oc.input(z.object({ cardId: CardId, front: side, back: side })).output(Card),
  deleteCards: oc.input(z.object({ cardIds: z.array(CardId).min(1) })),
  restoreCards: oc.input(z.object({ cardIds: z.array(CardId).min(1) })).output(z.array(Card)),
  /** The cards as CSV (RFC 4180, UTF-8): front, back, document, page, quote. */
  cardsCsv: oc.input(z.object({ documentId: DocumentId.optional() })).output(z.string()),
}
