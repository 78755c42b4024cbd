import type { DocumentId } from '#contract/ids.ts'
import type { QuizOnly, QuizReach } from '#contract/quiz.ts'
import { StudyError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import { readChunkPlaces, readRecentPages, readWrongQuestions } from '../store/quiz-reach.rows.ts'
import type { QuizPlace } from '../store/quizzes.schema.ts'
import type { LibrarySyllabus } from '../syllabus/library-syllabus.ts'

const WEEK_MS = 7 * 24 * 60 * 60_000

/** What quizzes can be narrowed to: what was answered wrong, what was read this week, a head of the syllabus. */
export function makeQuizReach({
  store,
  clock,
  syllabus,
}: {
  store: Store
  clock: Pick<Clock, 'nowMs'>
  /** Which passages a head of the syllabus has. */
  syllabus: Pick<LibrarySyllabus, 'passagesOf'>
}) {
  const readWeek = () => readRecentPages(store.reader, clock.nowMs() - WEEK_MS)

  return {
    /** What a quiz narrowed to it would be made from now. */
    reach(): QuizReach {
      const wrong = readWrongQuestions(store.reader)
      const week = readWeek()
      return {
        wrong: { count: wrong.length, documentIds: documentsOf(wrong.flatMap(({ spans }) => spans)) },
        week: { count: week.length, documentIds: documentsOf(week) },
      }
    },

    /**
     * Where the sentences of a narrowed quiz must stand; null where it is not narrowed. Throws
     * `not-enough-material` where there is no such place yet, and `not-found` for a head that is in no syllabus.
     */
    async placesOf(
      { only, syllabusId }: { only: QuizOnly; syllabusId: string | undefined },
      isChosen: (documentId: DocumentId) => boolean,
    ): Promise<QuizPlace[] | null> {
      const some = only === 'all' ? undefined : placesOfOnly(only).filter(({ documentId }) => isChosen(documentId))
      if (some?.length === 0) throw nothingIn(only)
      if (syllabusId === undefined) return some ?? null
      const { passages, isComplete } = await syllabus.passagesOf(syllabusId)
      const ofHead = readChunkPlaces(
        store.reader,
        passages.map(({ chunkId }) => chunkId),
      ).filter(({ documentId }) => isChosen(documentId))
      const both = some ? ofHead.filter((place) => some.some((other) => doOverlap(place, other))) : ofHead
      if (both.length > 0) return both
      throw new StudyError(
        'not-enough-material',
        isComplete
          ? 'No passage that was chosen belongs to this head of the syllabus. No quiz was made. Choose more documents or a wider head.'
          : 'The library is still being matched with the syllabus, and no passage of this head was found yet. No quiz was made. Try again when the work is done.',
      )
    },
  }

  function placesOfOnly(only: Exclude<QuizOnly, 'all'>): QuizPlace[] {
    return only === 'wrong' ? readWrongQuestions(store.reader).flatMap(({ spans }) => spans) : readWeek()
  }
}

/** The documents that places stand in, once each. */
export function documentsOf(places: readonly { documentId: DocumentId }[]): DocumentId[] {
  return [...new Set(places.map(({ documentId }) => documentId))]
}

function nothingIn(only: QuizOnly): StudyError {
  return new StudyError(
    'not-enough-material',
    only === 'wrong'
      ? 'No question about the chosen documents was answered wrong when it was last asked. No quiz was made. Take a test first, or ask about all of the documents.'
      : 'Nothing of the chosen documents was added or read in the last seven days. No quiz was made. Read a page or add a document first, or ask about all of the documents.',
  )
}

function doOverlap(one: QuizPlace, other: QuizPlace): boolean {
  if (one.documentId !== other.documentId || one.pageNumber !== other.pageNumber) return false
  if (one.startOffset === undefined || other.startOffset === undefined) return true
  return one.startOffset < (other.endOffset ?? 0) && other.startOffset < (one.endOffset ?? 0)
}
