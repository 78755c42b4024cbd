import { Anchor, SegmentedControl } from '@mantine/core'
import { IconAlertTriangle, IconCpu, IconQuote } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { AskEngine } from '#contract/ask.ts'
import { useFormat } from '../../ui/use-format.ts'
import { describeEngine } from './describe-engine.ts'
import styles from './engine-choice.module.css'
import { modelStatusQuery } from './model-status-query.ts'

/** A shorter wait needs no warning. */
const WORTH_TELLING_MS = 5_000

const ENGINES: readonly AskEngine[] = ['auto', 'ollama', 'extractive']

/** Who answers, chosen by the person, and in one line who that will be now and why. */
export function EngineChoice(props: { engine: AskEngine; onEngine(engine: AskEngine): void }) {
  const { engine, onEngine } = props
  const { t } = useTranslation()
  const format = useFormat()
  const { data: status } = useQuery(modelStatusQuery())
  const told = describeEngine(engine, status)
  const icon = {
    model: <IconCpu size={15} aria-hidden />,
    sentences: <IconQuote size={15} aria-hidden />,
    away: <IconAlertTriangle size={15} aria-hidden />,
    unknown: <IconCpu size={15} aria-hidden />,
  }[told.answers]
  return (
    <div className={styles.engine}>
      <SegmentedControl
        size="xs"
        aria-label={t('ask.engine.label')}
        value={engine}
        onChange={(chosen) => onEngine(chosen as AskEngine)}
        data={ENGINES.map((value) => ({ value, label: t(`ask.engine.${value}`) }))}
      />
      <p className={styles.told} data-answers={told.answers}>
        {icon}
        <span>
          {told.answers === 'unknown' && t('ask.engine.checking')}
          {told.answers === 'model' &&
            t(told.local ? 'ask.engine.modelReady' : 'ask.engine.cloudReady', { model: told.model })}
          {told.answers === 'model' &&
            told.answerMs !== undefined &&
            told.answerMs >= WORTH_TELLING_MS &&
            ` ${t('ask.engine.takes', { duration: format.duration(told.answerMs) })}`}
          {told.answers === 'sentences' &&
            (told.why
              ? t('ask.engine.fallback', { reason: t(`ask.engine.why.${told.why}`) })
              : t('ask.engine.sentences'))}
          {told.answers === 'away' && t('ask.engine.away', { reason: t(`ask.engine.why.${told.why}`) })}{' '}
          {'why' in told && told.why && (
            <Anchor component={Link} href="/settings/models" inherit>
              {t('ask.engine.settings')}
            </Anchor>
          )}
        </span>
      </p>
    </div>
  )
}
