import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { QuizEngine } from '#contract/quiz.ts'
import { ChoiceField } from '../../ui/choice-field.tsx'
import { describeEngine, modelStatusQuery } from '../ask/index.ts'

const ENGINES: readonly QuizEngine[] = ['auto', 'ollama', 'rules']

/** Who makes the questions, and in one line who that will be now and why. */
export function EngineField(props: { engine: QuizEngine; onEngine(engine: QuizEngine): void }) {
  const { engine, onEngine } = props
  const { t } = useTranslation()
  const { data: status } = useQuery(modelStatusQuery())
  const told = describeEngine(engine === 'rules' ? 'extractive' : engine, status)
  return (
    <ChoiceField
      label={t('quiz.engine.label')}
      value={engine}
      choices={ENGINES.map((value) => ({ value, label: t(`quiz.engine.${value}`) }))}
      onChoose={onEngine}
      amiss={told.answers === 'away'}
      told={
        <>
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
        </>
      }
    />
  )
}
