import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconCheck, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/use-format.ts'
import type { Zoom, ZoomFit } from './zoom.ts'
import styles from './zoom-menu.module.css'

const FITS = { auto: 'reader.zoom.auto', 'page-width': 'reader.zoom.width', 'page-fit': 'reader.zoom.page' } as const
const SCALES = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const

export function ZoomMenu(props: { scale: number; zoom: Zoom; onZoom(zoom: Zoom): void; onStep(steps: number): void }) {
  const { scale, zoom, onZoom, onStep } = props
  const { t } = useTranslation()
  const format = useFormat()
  const check = (chosen: boolean) => (
    <IconCheck size={16} className={chosen ? undefined : styles.unchosen} aria-hidden />
  )
  return (
    <div className={styles.zoom}>
      <ActionIcon aria-label={t('reader.zoom.out')} onClick={() => onStep(-1)}>
        <IconZoomOut size={18} />
      </ActionIcon>
      <Menu position="bottom" withinPortal>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            className={`${styles.value} tabular`}
            aria-label={`${t('reader.zoom.label')}: ${format.percent(scale)}`}
          >
            {format.percent(scale)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(Object.keys(FITS) as ZoomFit[]).map((fit) => (
            <Menu.Item key={fit} leftSection={check(zoom === fit)} onClick={() => onZoom(fit)}>
              {t(FITS[fit])}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {SCALES.map((value) => (
            <Menu.Item key={value} leftSection={check(zoom === value)} onClick={() => onZoom(value)}>
              <span className="tabular">{format.percent(value)}</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon aria-label={t('reader.zoom.in')} onClick={() => onStep(1)}>
        <IconZoomIn size={18} />
      </ActionIcon>
    </div>
  )
}
