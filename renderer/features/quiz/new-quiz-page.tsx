import { Button, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { IconBooks } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearch } from 'wouter'
import { DocumentId } from '#contract/ids.ts'
import {
  DEFAULT_EXAM,
  type DifficultyWish,
  MIXED,
  MOST_QUESTIONS,
  type QuizEngine,
  QuizOnly,
  type QuizStyle,
} from '#contract/quiz.ts'
import { failureOf, orpc } from '../../client/index.ts'
import { navigate } from '../../state/hash-location.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailureNote } from '../../ui/failure-note.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { PageWaiting } from '../../ui/page-waiting.tsx'
import { DifficultyField, isPossible } from './difficulty-field.tsx'
import { DocumentField } from './document-field.tsx'
import { EngineField } from './engine-field.tsx'
import { ExamField, useExams } from './exam-field.tsx'
import styles from './new-quiz-page.module.css'
import { refreshQuizzes } from './quiz-queries.ts'
import { ReachField } from './reach-field.tsx'
import { StyleField } from './style-field.tsx'
import { SyllabusField } from './syllabus-field.tsx'
import { examMinutes } from './test-duration.ts'
import { useStyles } from './use-styles.ts'

const COUNTS = [5, 10, 20, 50] as const
/** The choice of as many questions as the exam's paper has. */
const FULL = 'full'
const MOST_MINUTES = 600

/** /quizzes/new, with ?documents=id,id to begin from and ?only=wrong or week to narrow it. */
export function NewQuizPage() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const search = useSearch()
  const documentsQuery = useQuery(orpc.documents.list.queryOptions())
  const documents = documentsQuery.data
  // What the page was opened with stands first in the list, where it can be seen.
  const [broughtAlong] = useState<ReadonlySet<DocumentId>>(() => {
    const ids = (new URLSearchParams(search).get('documents') ?? '').split(',').filter(Boolean)
    return new Set(ids.map((id) => DocumentId.parse(id)))
  })
  /** undefined: nothing was ticked or unticked yet. */
  const [ticked, setChosen] = useState<ReadonlySet<DocumentId>>()
  const [count, setCount] = useState(10)
  const [only, setOnly] = useState<QuizOnly>(() => {
    const given = QuizOnly.safeParse(new URLSearchParams(search).get('only'))
    return given.success ? given.data : 'all'
  })
  const reachQuery = useQuery(orpc.quiz.reach.queryOptions({ staleTime: 0 }))
  const reach = reachQuery.data
  const [syllabusId, setSyllabusId] = useState<string>()
  const [difficulty, setDifficulty] = useState<DifficultyWish>('exam')
  const [style, setStyle] = useState<QuizStyle>(MIXED)
  const shownStyle = useStyles().find(({ id }) => id === style)
  const [examId, setExamId] = useState(DEFAULT_EXAM)
  const exams = useExams()
  const exam = exams.find(({ id }) => id === examId)
  const [engine, setEngine] = useState<QuizEngine>('auto')
  /** undefined: as in the exam. */
  const [minutes, setMinutes] = useState<number>()
  const [title, setTitle] = useState('')
  const create = useMutation(
    orpc.quiz.create.mutationOptions({
      onSuccess: (quiz) => {
        void refreshQuizzes(queryClient)
        navigate(`/quizzes/${encodeURIComponent(quiz.id)}`, { replace: true })
      },
    }),
  )
  const reached = only === 'all' ? undefined : new Set(reach?.[only].documentIds)
  const usable = documents
    ?.filter(({ chunkCount }) => chunkCount > 0)
    .sort((a, b) => Number(broughtAlong.has(b.id)) - Number(broughtAlong.has(a.id)))
  const offered = usable?.filter(({ id }) => !reached || reached.has(id))
  const usableIds = new Set(offered?.map(({ id }) => id))
  // The only document there is need not be chosen.
  const chosen = ticked ?? (usable?.length === 1 ? usableIds : broughtAlong)
  const chosenUsable = [...chosen].filter((id) => usableIds.has(id))
  // A narrowed quiz takes every document that has such passages, unless some are chosen.
  const hasMaterial = reached ? reached.size > 0 : chosenUsable.length > 0 || syllabusId !== undefined
  const canMake = hasMaterial && isPossible(difficulty, shownStyle)
  return (
    <PageFrame title={t('quiz.create.title')} width="form">
      <PageWaiting query={documentsQuery} height={300} />
      {usable?.length === 0 && (
        <EmptyState
          icon={<IconBooks size={26} />}
          title={t('quiz.create.empty.title')}
          body={t('quiz.create.empty.body')}
          actions={
            <Button component={Link} href="/library">
              {t('quiz.create.empty.library')}
            </Button>
          }
        />
      )}
      {usable && usable.length > 0 && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (!canMake) return
            create.mutate({
              documentIds: chosenUsable,
              only,
              difficulty,
              ...(syllabusId === undefined ? {} : { syllabusId }),
              count,
              style,
              examId,
              engine,
              ...(title.trim() ? { title: title.trim() } : {}),
              ...(minutes === undefined ? {} : { durationMs: minutes * 60_000 }),
            })
          }}
        >
          <ReachField only={only} query={reachQuery} onOnly={setOnly} />
          <SyllabusField syllabusId={syllabusId} onSyllabus={setSyllabusId} />
          {offered && offered.length > 0 && (
            <DocumentField
              documents={offered}
              chosen={new Set(chosenUsable)}
              hint={
                reached || syllabusId !== undefined
                  ? t('quiz.create.allOfThem', { count: offered.length })
                  : t('quiz.create.documentsHint')
              }
              onChosen={setChosen}
            />
          )}
          <div className={styles.pair}>
            <NumberInput
              className={styles.number}
              label={t('quiz.create.count')}
              value={count}
              min={1}
              max={MOST_QUESTIONS}
              clampBehavior="strict"
              allowDecimal={false}
              onChange={(value) => setCount(typeof value === 'number' && value >= 1 ? value : 1)}
            />
            <SegmentedControl
              aria-label={t('quiz.create.count')}
              value={count === exam?.questionCount ? FULL : COUNTS.some((each) => each === count) ? String(count) : ''}
              onChange={(value) => {
                if (value !== FULL) setCount(Number(value))
                else if (exam) {
                  setCount(exam.questionCount)
                  setMinutes(undefined)
                }
              }}
              data={[...COUNTS.map(String), { value: FULL, label: t('quiz.create.fullPaper') }]}
            />
          </div>
          <ExamField
            examId={examId}
            onExam={(id) => {
              // A full paper stays one: of the other exam.
              if (count === exam?.questionCount) setCount(exams.find((each) => each.id === id)?.questionCount ?? count)
              setExamId(id)
            }}
          />
          <StyleField style={style} onStyle={setStyle} />
          <DifficultyField difficulty={difficulty} style={shownStyle} onDifficulty={setDifficulty} />
          <EngineField engine={engine} onEngine={setEngine} />
          <div className={styles.pair}>
            <NumberInput
              className={styles.number}
              label={t('quiz.create.duration')}
              value={minutes ?? examMinutes(count, exam)}
              min={1}
              max={MOST_MINUTES}
              allowDecimal={false}
              suffix={` ${t('quiz.create.minutes')}`}
              onChange={(value) => {
                if (typeof value === 'number' && value >= 1 && value !== examMinutes(count, exam)) setMinutes(value)
              }}
            />
            {minutes === undefined ? (
              <span className={styles.beside}>
                {exam &&
                  t('quiz.create.durationHint', { count: exam.questionCount, minutes: exam.durationMs / 60_000 })}
              </span>
            ) : (
              <Button
                className={styles.beside}
                variant="subtle"
                size="compact-sm"
                onClick={() => setMinutes(undefined)}
              >
                {t('quiz.create.resetDuration')}
              </Button>
            )}
          </div>
          <TextInput
            label={
              <>
                {t('quiz.create.name')} <span className={styles.optional}>({t('common.optional')})</span>
              </>
            }
            placeholder={t('quiz.create.namePlaceholder')}
            value={title}
            maxLength={200}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          {create.error && <FailureNote failure={failureOf(create.error)} title={t('quiz.create.failed')} />}
          <div className={styles.submit}>
            <Button type="submit" size="md" loading={create.isPending} disabled={!canMake}>
              {t('quiz.create.submit', { count })}
            </Button>
            {!hasMaterial && only === 'all' && <span className={styles.need}>{t('quiz.create.needDocuments')}</span>}
          </div>
        </form>
      )}
    </PageFrame>
  )
}
