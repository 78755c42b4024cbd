import type { QuizId } from '#contract/ids.ts'
import type { Embedder, EmbeddingModelIdentity } from '../ports.ts'
import type { ReadDb } from '../store/connection.ts'
import { type QuestionRow, readQuestionBank } from '../store/quizzes.rows.ts'
import { type AskedQuestion, askedText } from './check-question.ts'

/** All questions of the profile, as a new one is compared with them. */
export interface QuestionBank {
  readonly asked: readonly AskedQuestion[]
  add(
    question: Pick<QuestionRow, 'quizId' | 'stem' | 'statements' | 'options' | 'answerIndex' | 'facts' | 'answer'>,
    vector: Float32Array | undefined,
  ): void
}

/** Opens the bank for the making of one quiz; vectors of another model than the embedder's are left aside. */
export function openQuestionBank(db: ReadDb, quizId: QuizId, embedder: Embedder | undefined): QuestionBank {
  const model = embedder && vectorModel(embedder.identity)
  const asked: AskedQuestion[] = []
  const add: QuestionBank['add'] = (question, vector) => {
    const { facts, answer } = question
    asked.push({ text: askedText(question), facts, answer, sameQuiz: question.quizId === quizId, vector })
  }
  for (const row of readQuestionBank(db)) {
    add(row, row.vector && row.vectorModel === model ? unpackVector(row.vector) : undefined)
  }
  return { asked, add }
}

/** Names what makes two vectors comparable. */
export function vectorModel({ name, weightsHash, dimension, prompt }: EmbeddingModelIdentity): string {
  return JSON.stringify([name, weightsHash, dimension, prompt])
}

export function packVector(vector: Float32Array): Buffer {
  const packed = Buffer.alloc(vector.length * Float32Array.BYTES_PER_ELEMENT)
  vector.forEach((component, at) => {
    packed.writeFloatLE(component, at * Float32Array.BYTES_PER_ELEMENT)
  })
  return packed
}

export function unpackVector(packed: Buffer): Float32Array {
  return Float32Array.from({ length: packed.length / Float32Array.BYTES_PER_ELEMENT }, (_, at) =>
    packed.readFloatLE(at * Float32Array.BYTES_PER_ELEMENT),
  )
}
