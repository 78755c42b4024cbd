import type { Exam } from '#contract/quiz.ts'

/** UPSC Prelims give two hours for a hundred questions: what is shown until the exam is known. */
const PRELIMS = { questionCount: 100, durationMs: 7_200_000 }

/** An exam's time for so many questions, in whole minutes, at least one. */
export function examMinutes(questionCount: number, exam: Pick<Exam, 'questionCount' | 'durationMs'> = PRELIMS): number {
  return Math.max(1, Math.ceil((questionCount * exam.durationMs) / exam.questionCount / 60_000))
}
