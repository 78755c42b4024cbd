import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../client/index.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useLanguage } from '../../ui/use-language.ts'

/** A head of the prelims syllabus that the questions keep to; those that no passage belongs to can't be chosen. */
export function SyllabusField(props: { syllabusId: string | undefined; onSyllabus(id: string | undefined): void }) {
  const { syllabusId, onSyllabus } = props
  const { t } = useTranslation()
  const format = useFormat()
  const language = useLanguage()
  const { data: tree } = useQuery(orpc.syllabus.tree.queryOptions({ input: {}, staleTime: 0 }))
  const papers = tree?.papers.filter(({ stage, passageCount }) => stage === 'prelims' && passageCount > 0) ?? []
  const data = papers.map(({ name, nodes }) => {
    const ids = new Set(nodes.map(({ id }) => id))
    return {
      group: name[language],
      items: nodes.map((node) => ({
        value: node.id,
        // A head beneath another stands in from it.
        label: `${ids.has(node.parent) ? '\u2003' : ''}${node.name[language]} (${format.number(node.passageCount)})`,
        disabled: node.passageCount === 0,
      })),
    }
  })
  return (
    <Select
      label={t('quiz.create.syllabus.label')}
      description={
        tree &&
        (papers.length === 0
          ? t('quiz.create.syllabus.none')
          : t(tree.isComplete ? 'quiz.create.syllabus.told' : 'quiz.create.syllabus.matching'))
      }
      inputWrapperOrder={['label', 'input', 'description']}
      placeholder={t('quiz.create.syllabus.any')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      nothingFoundMessage={t('quiz.create.syllabus.notFound')}
      disabled={papers.length === 0}
      value={syllabusId ?? null}
      onChange={(value) => onSyllabus(value ?? undefined)}
      data={data}
    />
  )
}
