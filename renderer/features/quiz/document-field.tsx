import { Button, Checkbox, Input, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Document } from '#contract/documents.ts'
import type { DocumentId } from '#contract/ids.ts'
import styles from './document-field.module.css'

/** Lists shorter than this need no box to find a name in. */
const FIND_FROM = 8

/** Which documents the questions are made from. */
export function DocumentField(props: {
  documents: readonly Document[]
  chosen: ReadonlySet<DocumentId>
  /** What holds while none is chosen. */
  hint: string
  onChosen(chosen: ReadonlySet<DocumentId>): void
}) {
  const { documents, chosen, hint, onChosen } = props
  const { t } = useTranslation()
  const [find, setFind] = useState('')
  const wanted = find.trim().toLocaleLowerCase()
  const shown = documents.filter(({ title }) => title.toLocaleLowerCase().includes(wanted))
  const toggle = (id: DocumentId, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    onChosen(next)
  }
  const allShown = shown.length > 0 && shown.every(({ id }) => chosen.has(id))
  return (
    <fieldset className={styles.field}>
      <Input.Label component="legend" className={styles.legend}>
        {t('quiz.create.documents')}
      </Input.Label>
      <div className={styles.head}>
        <span className={styles.count} role="status">
          {chosen.size > 0 ? t('quiz.create.chosen', { count: chosen.size }) : hint}
        </span>
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={shown.length === 0}
          onClick={() => {
            const next = new Set(chosen)
            for (const { id } of shown) {
              if (allShown) next.delete(id)
              else next.add(id)
            }
            onChosen(next)
          }}
        >
          {t(allShown ? 'quiz.create.none' : 'quiz.create.all')}
        </Button>
      </div>
      {documents.length >= FIND_FROM && (
        <TextInput
          size="xs"
          mb={6}
          leftSection={<IconSearch size={14} />}
          aria-label={t('quiz.create.find')}
          placeholder={t('quiz.create.find')}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
      )}
      <div className={styles.list}>
        {shown.map(({ id, title, pageCount }) => (
          <Checkbox
            key={id}
            classNames={{ root: styles.item ?? '', body: styles.itemBody ?? '', labelWrapper: styles.itemLabel ?? '' }}
            size="xs"
            checked={chosen.has(id)}
            onChange={(event) => toggle(id, event.currentTarget.checked)}
            label={
              <span className={styles.name}>
                <span className={styles.title}>{title}</span>
                <span className={`${styles.pages} tabular`}>{t('common.pages', { count: pageCount })}</span>
              </span>
            }
          />
        ))}
        {shown.length === 0 && <p className={styles.none}>{t('quiz.create.notFound')}</p>}
      </div>
    </fieldset>
  )
}
