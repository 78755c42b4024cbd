import { ActionIcon, Menu } from '@mantine/core'
import { IconCheck, IconContrast } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PAPERS, useReaderView } from './reader-view.ts'
import styles from './zoom-menu.module.css'

/** In the dark theme: whether pages stay white, are dimmed, or turn dark. */
export function PaperMenu() {
  const { t } = useTranslation()
  const { paper, set } = useReaderView()
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={t('reader.paper.label')} title={t('reader.paper.label')}>
          <IconContrast size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {PAPERS.map((choice) => (
          <Menu.Item
            key={choice}
            leftSection={<IconCheck size={16} className={choice === paper ? undefined : styles.unchosen} aria-hidden />}
            onClick={() => set({ paper: choice })}
          >
            {t(`reader.paper.${choice}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
