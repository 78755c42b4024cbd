import { Anchor, Input, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { QuizEngine } from '#contract/quiz.ts'
import { describeEngine, modelStatusQuery } from '../ask/index.ts'
import styles from './new-quiz-page.module.css'

const ENGINES: readonly QuizEngine[] = ['auto', 'ollama', 'rules']

/** Who makes the questions, and in one line who that will be now and why. */
export function EngineField(props: { engine: QuizEngine; onEngine(engine: QuizEngine): void }) {
  const { engine, onEngine } = props
  const { t } = useTranslation()
  const { data: status } = useQuery(modelStatusQuery())
  const told = describeEngine(engine === 'rules' ? 'extractive' : engine, status)
  return (
    <div>
      <Input.Label id="quiz-engine" component="div" display="block" mb={2}>
        {t('quiz.engine.label')}
      </Input.Label>
      <SegmentedControl
        aria-labelledby="quiz-engine"
        value={engine}
        onChange={(chosen) => onEngine(chosen as QuizEngine)}
        data={ENGINES.map((value) => ({ value, label: t(`quiz.engine.${value}`) }))}
      />
      <p className={styles.told} data-answers={told.answers}>
        {told.answers === 'unknown' && t('ask.engine.checking')}
        {told.answers === 'model' &&
          t(told.local ? 'quiz.engine.modelReady' : 'quiz.engine.cloudReady', { model: told.model })}
        {told.answers === 'sentences' &&
          (told.why
            ? t('quiz.engine.fallback', { reason: t(`ask.engine.why.${told.why}`) })
            : t('quiz.engine.rulesTold'))}
        {told.answers === 'away' && t('quiz.engine.away', { reason: t(`ask.engine.why.${told.why}`) })}{' '}
        {'why' in told && told.why && (
          <Anchor component={Link} href="/settings/models" inherit>
            {t('ask.engine.settings')}
          </Anchor>
        )}
      </p>
    </div>
  )
}
