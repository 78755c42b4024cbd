import { ActionIcon, Badge, Button, Tooltip } from '@mantine/core'
import { IconDownload, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstalledModel, ModelFit, SuggestedModel } from '#contract/models.ts'
import { useFormat } from '../../../ui/use-format.ts'
import styles from './model-row.module.css'

/** A model that is there. */
export function InstalledRow(props: { model: InstalledModel; canUse: boolean; onUse(): void; onRemove(): void }) {
  const { model, canUse, onUse, onRemove } = props
  const { name, byteSize, parameters, quantization, licence, speed } = model
  const { t } = useTranslation()
  const format = useFormat()
  const facts = [
    model.local && format.bytes(byteSize),
    parameters,
    quantization,
    licence,
    speed && t('models.shelf.speed', { rate: format.rate(speed.replyPerSecond) }),
    !model.writesText && t('models.shelf.embedding'),
  ]
  return (
    <Row
      name={name}
      facts={facts}
      fit={model.local && model.writesText ? model.fit : undefined}
      badges={
        <>
          {model.inUse && (
            <Badge size="sm" tt="none">
              {t('models.shelf.inUse')}
            </Badge>
          )}
          {model.loaded && (
            <Badge size="sm" tt="none" variant="light" color="gray">
              {t('models.shelf.inMemory')}
            </Badge>
          )}
          {!model.local && (
            <Badge size="sm" tt="none" variant="light" color="red">
              {t('models.shelf.elsewhere')}
            </Badge>
          )}
        </>
      }
      actions={
        <>
          {canUse && !model.inUse && (
            <Button
              size="xs"
              variant="default"
              aria-label={t('models.shelf.useModel', { model: name })}
              onClick={onUse}
            >
              {t('models.shelf.use')}
            </Button>
          )}
          <Tooltip label={t('models.shelf.remove')}>
            <ActionIcon aria-label={t('models.shelf.removeModel', { model: name })} onClick={onRemove}>
              <IconTrash size={17} />
            </ActionIcon>
          </Tooltip>
        </>
      }
    />
  )
}

/** A model that could be downloaded. */
export function SuggestedRow(props: { model: SuggestedModel; disabled: boolean; busy: boolean; onDownload(): void }) {
  const { model, disabled, busy, onDownload } = props
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Row
      name={model.name}
      facts={[format.bytes(model.byteSize), model.licence, model.hindi && t('models.shelf.hindi')]}
      fit={model.fit}
      badges={
        model.recommended && (
          <Badge size="sm" tt="none" variant="light">
            {t('models.shelf.recommended')}
          </Badge>
        )
      }
      actions={
        <Button
          size="xs"
          variant={model.recommended ? 'filled' : 'default'}
          leftSection={<IconDownload size={14} />}
          aria-label={t('models.shelf.downloadModel', { model: model.name })}
          disabled={disabled}
          loading={busy}
          onClick={onDownload}
        >
          {t('models.shelf.download')}
        </Button>
      }
    />
  )
}

function Row(props: {
  name: string
  badges: ReactNode
  facts: readonly (string | false | undefined)[]
  fit: ModelFit | undefined
  actions: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <div className={styles.row}>
      <div className={styles.about}>
        <div className={styles.name}>
          <span>{props.name}</span>
          {props.badges}
        </div>
        <div className={`${styles.facts} tabular`}>
          {props.facts.filter(Boolean).join(' · ')}
          {props.fit && (
            <span className={styles.fit} data-fit={props.fit}>
              {t(`models.shelf.fit.${props.fit}`)}
            </span>
          )}
        </div>
      </div>
      <div className={styles.actions}>{props.actions}</div>
    </div>
  )
}
