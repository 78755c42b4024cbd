import { Button, Modal, NumberInput, Radio } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, failureOf } from '../../client/index.ts'
import { FailureNote } from '../../ui/failure-note.tsx'
import { notify } from '../../ui/notify.tsx'
import { modelStatusQuery } from '../ask/index.ts'
import styles from './dialogs.module.css'
import { HeadField } from './head-field.tsx'
import { refreshMains, syllabusQuery } from './mains-queries.ts'

/** Makes questions on a head of the syllabus from what the library says of it. */
export function MakeQuestionsDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('mains.makeForm.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened && <MakeQuestionsForm onDone={onClose} />}
    </Modal>
  )
}

function MakeQuestionsForm({ onDone }: { onDone(): void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: tree } = useQuery(syllabusQuery())
  const { data: model } = useQuery(modelStatusQuery())
  const [nodeId, setNodeId] = useState<string | null>(null)
  const [count, setCount] = useState(5)
  const [engine, setEngine] = useState<'rules' | 'model'>('rules')
  const isModelReady = model?.state === 'ready'
  const hasTopics = tree?.papers.some(({ passageCount }) => passageCount > 0)
  const make = useMutation({
    mutationFn: () => client.mains.makeQuestions({ nodeId: nodeId ?? '', count, engine }),
    onSuccess: ({ questions, jobId }) => {
      void refreshMains(queryClient)
      notify({
        title: jobId ? t('mains.makeForm.queued') : t('mains.makeForm.made', { count: questions.length }),
        ...(!jobId && questions.length < count && { message: t('mains.makeForm.fewer') }),
      })
      onDone()
    },
  })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate()
      }}
    >
      <HeadField
        treated
        label={t('mains.makeForm.head')}
        description={t('mains.makeForm.headHint')}
        placeholder={t('mains.makeForm.choose')}
        value={nodeId}
        onChange={setNodeId}
      />
      {tree && !hasTopics && tree.isComplete && <p className={styles.hint}>{t('mains.makeForm.none')}</p>}
      {tree && !tree.isComplete && (
        <p className={styles.hint} role="status">
          {t('mains.makeForm.matching')}
        </p>
      )}
      <NumberInput
        label={t('mains.makeForm.count')}
        min={1}
        max={20}
        value={count}
        onChange={(value) => setCount(Math.min(20, Math.max(1, Number(value) || 1)))}
      />
      <Radio.Group
        label={t('mains.makeForm.engine')}
        value={engine}
        onChange={(value) => setEngine(value as 'rules' | 'model')}
      >
        <Radio mt={6} value="rules" label={t('mains.makeForm.rules')} />
        <Radio
          mt={6}
          value="model"
          disabled={!isModelReady}
          label={t('mains.makeForm.model')}
          description={isModelReady ? undefined : t('mains.makeForm.modelAway')}
        />
      </Radio.Group>
      {make.error && <FailureNote failure={failureOf(make.error)} title={t('mains.makeForm.failed')} />}
      <div className={styles.actions}>
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={make.isPending} disabled={nodeId === null}>
          {t('mains.makeForm.go')}
        </Button>
      </div>
    </form>
  )
}
