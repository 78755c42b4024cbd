import { Button, Modal, NumberInput, Select, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MainsFormat } from '#contract/mains.ts'
import { client, failureOf } from '../../client/index.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import styles from './dialogs.module.css'
import { HeadField } from './head-field.tsx'
import { directivesQuery, refreshMains } from './mains-queries.ts'

const CUSTOM = 'custom'

/** A question of the person's own: its words, its format, and (if not guessed) its head of the syllabus. */
export function OwnQuestionDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('mains.form.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened && <OwnQuestionForm onDone={onClose} />}
    </Modal>
  )
}

function OwnQuestionForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data } = useQuery(directivesQuery())
  const formats = data?.formats ?? []
  const [text, setText] = useState('')
  const [formatId, setFormatId] = useState('gs-10')
  const [own, setOwn] = useState({ marks: 10, words: 150, minutes: 7 })
  const [nodeId, setNodeId] = useState<string | null>(null)
  const format = formats.find(({ id }) => id === formatId)
  const { marks, words, minutes } = format ?? own
  const keep = useMutation({
    mutationFn: () =>
      client.mains.addQuestion({ text, marks, wordLimit: words, minutes, ...(nodeId !== null && { nodeId }) }),
    onSuccess: () => {
      void refreshMains(queryClient)
      onDone()
    },
  })
  const name = (each: MainsFormat) => t(`mains.form.formats.${each.stage}`, { marks: each.marks, words: each.words })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        keep.mutate()
      }}
    >
      <Textarea
        data-autofocus
        label={t('mains.form.text')}
        description={t('mains.form.textHint')}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Select
        label={t('mains.form.format')}
        data={[
          ...formats.map((each) => ({ value: each.id, label: name(each) })),
          { value: CUSTOM, label: t('mains.form.formats.custom') },
        ]}
        value={formatId}
        allowDeselect={false}
        onChange={(next) => {
          if (next === CUSTOM && format) setOwn({ marks: format.marks, words: format.words, minutes: format.minutes })
          setFormatId(next ?? CUSTOM)
        }}
      />
      {formatId === CUSTOM && (
        <div className={styles.numbers}>
          <NumberInput
            label={t('mains.form.marks')}
            min={1}
            max={300}
            value={own.marks}
            onChange={(value) => setOwn({ ...own, marks: Number(value) || 1 })}
          />
          <NumberInput
            label={t('mains.form.words')}
            min={20}
            max={3000}
            value={own.words}
            onChange={(value) => setOwn({ ...own, words: Number(value) || 20 })}
          />
          <NumberInput
            label={t('mains.form.minutes')}
            min={1}
            max={300}
            value={own.minutes}
            onChange={(value) => setOwn({ ...own, minutes: Number(value) || 1 })}
          />
        </div>
      )}
      <HeadField
        label={t('mains.form.head')}
        placeholder={t('mains.form.headGuess')}
        value={nodeId}
        onChange={setNodeId}
      />
      {keep.error && <FailureNote failure={failureOf(keep.error)} title={t('mains.form.failed')} />}
      <div className={styles.actions}>
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={keep.isPending} disabled={text.trim().length < 8}>
          {t('mains.form.keep')}
        </Button>
      </div>
    </form>
  )
}
