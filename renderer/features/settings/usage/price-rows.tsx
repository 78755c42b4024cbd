import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '#contract/system.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { SettingsSection } from '../settings-section.tsx'
import styles from './usage-settings.module.css'

type Price = Settings['prices'][number]

/** What a million tokens cost, model by model. */
export function PriceRows(props: { settings: Settings; onSave(patch: { prices: Price[] }): void }) {
  const { settings, onSave } = props
  const { t } = useTranslation()
  const format = useFormat()
  const [model, setModel] = useState(settings.openaiModel)
  const [input, setInput] = useState<number | string>('')
  const [output, setOutput] = useState<number | string>('')
  const without = (gone: string) => settings.prices.filter((price) => price.model !== gone)
  const add = () => {
    const price: Price = {
      provider: 'openai',
      model: model.trim(),
      inputRupees: Number(input) || 0,
      outputRupees: Number(output) || 0,
    }
    onSave({ prices: [...without(price.model), price] })
    setModel('')
    setInput('')
    setOutput('')
  }
  return (
    <SettingsSection title={t('usage.prices.title')} lead={t('usage.prices.lead')}>
      {settings.prices.map((price) => (
        <div key={price.model} className={styles.prices}>
          <span className={styles.priceModel}>{price.model}</span>
          <span className={`${styles.priceFigure} tabular`}>{format.rupees(price.inputRupees)}</span>
          <span className={`${styles.priceFigure} tabular`}>{format.rupees(price.outputRupees)}</span>
          <ActionIcon
            aria-label={t('usage.prices.remove', { model: price.model })}
            onClick={() => onSave({ prices: without(price.model) })}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </div>
      ))}
      <div className={styles.prices}>
        <TextInput
          label={t('usage.prices.model')}
          spellCheck={false}
          value={model}
          onChange={(event) => setModel(event.currentTarget.value)}
        />
        <NumberInput label={t('usage.prices.input')} min={0} value={input} onChange={setInput} />
        <NumberInput label={t('usage.prices.output')} min={0} value={output} onChange={setOutput} />
        <Button
          variant="default"
          leftSection={<IconPlus size={15} />}
          disabled={model.trim() === '' || (input === '' && output === '')}
          onClick={add}
        >
          {t('usage.prices.add')}
        </Button>
      </div>
    </SettingsSection>
  )
}
