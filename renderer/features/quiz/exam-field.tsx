import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Exam } from '#contract/quiz.ts'
import { orpc } from '../../client/index.ts'
import { formatMarks } from './format-marks.ts'

/** The exams a quiz can follow; the first is the one it follows unless told otherwise. */
export function useExams(): readonly Exam[] {
  return useQuery(orpc.quiz.exams.queryOptions({ staleTime: Number.POSITIVE_INFINITY })).data ?? []
}

/** Whose paper the quiz is shaped after and marked as, with what that means in one line. */
export function ExamField(props: { examId: string; onExam(examId: string): void }) {
  const { examId, onExam } = props
  const { t } = useTranslation()
  const exams = useExams()
  const exam = exams.find(({ id }) => id === examId)
  return (
    <Select
      label={t('quiz.create.exam')}
      description={
        exam &&
        t('quiz.create.examIs', {
          options: exam.optionCount,
          correct: formatMarks(exam.scheme.correctUnits),
          wrong: formatMarks(exam.scheme.wrongUnits),
        })
      }
      inputWrapperOrder={['label', 'input', 'description']}
      allowDeselect={false}
      value={examId}
      onChange={(value) => value && onExam(value)}
      data={exams.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}
