import { z } from 'zod'

/** Ids are UUIDv7 strings, branded so that one kind can't stand in for another. */
export const DocumentId = z.string().min(1).brand<'DocumentId'>()
export type DocumentId = z.infer<typeof DocumentId>

export const CollectionId = z.string().min(1).brand<'CollectionId'>()
export type CollectionId = z.infer<typeof CollectionId>

export const JobId = z.string().min(1).brand<'JobId'>()
export type JobId = z.infer<typeof JobId>

export const AnswerId = z.string().min(1).brand<'AnswerId'>()
export type AnswerId = z.infer<typeof AnswerId>

export const ConversationId = z.string().min(1).brand<'ConversationId'>()
export type ConversationId = z.infer<typeof ConversationId>

export const QuizId = z.string().min(1).brand<'QuizId'>()
export type QuizId = z.infer<typeof QuizId>

export const QuestionId = z.string().min(1).brand<'QuestionId'>()
export type QuestionId = z.infer<typeof QuestionId>

export const AttemptId = z.string().min(1).brand<'AttemptId'>()
export type AttemptId = z.infer<typeof AttemptId>

export const BriefId = z.string().min(1).brand<'BriefId'>()
export type BriefId = z.infer<typeof BriefId>

export const CardId = z.string().min(1).brand<'CardId'>()
export type CardId = z.infer<typeof CardId>

export const WatchedFolderId = z.string().min(1).brand<'WatchedFolderId'>()
export type WatchedFolderId = z.infer<typeof WatchedFolderId>

export const MainsQuestionId = z.string().min(1).brand<'MainsQuestionId'>()
export type MainsQuestionId = z.infer<typeof MainsQuestionId>

export const MainsAnswerId = z.string().min(1).brand<'MainsAnswerId'>()
export type MainsAnswerId = z.infer<typeof MainsAnswerId>
