import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/use-format.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { syllabusQuery } from './mains-queries.ts'

/** A head of the syllabus, by paper; with `treated`, those alone that the library speaks of, and how much. */
export function HeadField(props: {
  label: string
  description?: string
  placeholder?: string
  value: string | null
  treated?: boolean
  error?: string | undefined
  onChange(nodeId: string | null): void
}) {
  const { treated = false, value, onChange, ...rest } = props
  const { t } = useTranslation()
  const format = useFormat()
  const language = useLanguage()
  const { data: tree } = useQuery(syllabusQuery())
  const groups = (tree?.papers ?? [])
    .toSorted((a, b) => Number(a.stage === 'prelims') - Number(b.stage === 'prelims'))
    .map(({ name, nodes }) => ({
      group: name[language],
      items: nodes
        .filter(({ description, passageCount }) => description && (!treated || passageCount > 0))
        .map((node) => ({
          value: node.id,
          label: treated ? `${node.name[language]} · ${format.number(node.passageCount)}` : node.name[language],
        })),
    }))
    .filter(({ items }) => items.length > 0)
  return (
    <Select
      {...rest}
      data={groups}
      value={value}
      onChange={onChange}
      searchable
      clearable
      maxDropdownHeight={320}
      comboboxProps={{ withinPortal: true }}
      disabled={!tree}
      nothingFoundMessage={t('palette.empty')}
      clearButtonProps={{ 'aria-label': t('common.clear') }}
    />
  )
}
