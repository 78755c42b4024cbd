import { and, desc, eq, gte, isNotNull, sql } from 'drizzle-orm'
import type { ModelProvider, UsageRow } from '#contract/usage.ts'
import type { ReadDb, WriteDb } from './connection.ts'
import { type ModelCallRow, modelCalls } from './model-calls.schema.ts'

export const MICRO_RUPEES = 1_000_000

/** The new row's id. */
export function insertModelCall(db: WriteDb, call: Omit<ModelCallRow, 'id'>): number {
  return Number(db.insert(modelCalls).values(call).run().lastInsertRowid)
}

export function updateModelCall(db: WriteDb, id: number, change: Partial<Omit<ModelCallRow, 'id'>>): void {
  db.update(modelCalls).set(change).where(eq(modelCalls.id, id)).run()
}

/** What one provider used on a day. */
export function sumModelCalls(
  db: ReadDb,
  day: string,
  provider: ModelProvider,
): { tokens: number; microRupees: number } {
  const sum = db
    .select({
      tokens: sql<number>`coalesce(sum(${modelCalls.promptTokens} + ${modelCalls.replyTokens}), 0)`,
      microRupees: sql<number>`coalesce(sum(${modelCalls.microRupees}), 0)`,
    })
    .from(modelCalls)
    .where(and(eq(modelCalls.day, day), eq(modelCalls.provider, provider)))
    .get()
  return sum ?? { tokens: 0, microRupees: 0 }
}

/** From a day on, added up by day, provider, model and feature; oldest day first. */
export function readUsage(db: ReadDb, fromDay: string): UsageRow[] {
  const rows = db
    .select({
      day: modelCalls.day,
      provider: modelCalls.provider,
      model: modelCalls.model,
      feature: modelCalls.feature,
      callCount: sql<number>`count(*)`,
      cacheHitCount: sql<number>`sum(${modelCalls.cacheHit})`,
      failedCount: sql<number>`sum(${modelCalls.outcome} NOT IN ('open', 'done', 'limit', 'cancelled'))`,
      promptTokens: sql<number>`sum(${modelCalls.promptTokens})`,
      replyTokens: sql<number>`sum(${modelCalls.replyTokens})`,
      durationMs: sql<number>`sum(${modelCalls.durationMs})`,
      microRupees: sql<number>`sum(${modelCalls.microRupees})`,
    })
    .from(modelCalls)
    .where(gte(modelCalls.day, fromDay))
    .groupBy(modelCalls.day, modelCalls.provider, modelCalls.model, modelCalls.feature)
    .orderBy(modelCalls.day, modelCalls.provider, modelCalls.model, modelCalls.feature)
    .all()
  return rows.map(({ microRupees, ...row }) => ({ ...row, rupees: microRupees / MICRO_RUPEES }))
}

/** The newest whole calls of a model whose times are known, newest first. */
export function readTimedCalls(
  db: ReadDb,
  model: string,
  limit: number,
): Pick<ModelCallRow, 'promptTokens' | 'replyTokens' | 'promptMs' | 'replyMs'>[] {
  return db
    .select({
      promptTokens: modelCalls.promptTokens,
      replyTokens: modelCalls.replyTokens,
      promptMs: modelCalls.promptMs,
      replyMs: modelCalls.replyMs,
    })
    .from(modelCalls)
    .where(
      and(
        eq(modelCalls.model, model),
        sql`${modelCalls.outcome} = 'done' AND ${modelCalls.cacheHit} = 0`,
        isNotNull(modelCalls.promptMs),
        isNotNull(modelCalls.replyMs),
      ),
    )
    .orderBy(desc(modelCalls.id))
    .limit(limit)
    .all()
}
