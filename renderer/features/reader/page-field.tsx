import { ActionIcon, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './page-field.module.css'

/** The page in view, which can be typed over, and its neighbours. */
export function PageField(props: { page: number; pageCount: number; onPage(page: number): void }) {
  const { page, pageCount, onPage } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string>()
  const commit = () => {
    const asked = Number(typed)
    if (typed && Number.isInteger(asked)) onPage(Math.min(pageCount, Math.max(1, asked)))
    setTyped(undefined)
  }
  return (
    <div className={styles.pages}>
      <ActionIcon aria-label={t('reader.page.previous')} disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <IconChevronUp size={18} />
      </ActionIcon>
      <ActionIcon aria-label={t('reader.page.next')} disabled={page >= pageCount} onClick={() => onPage(page + 1)}>
        <IconChevronDown size={18} />
      </ActionIcon>
      <TextInput
        size="xs"
        classNames={{ input: `${styles.input} tabular` }}
        style={{ '--digits': String(Math.max(pageCount, 10)).length }}
        aria-label={t('reader.page.field')}
        inputMode="numeric"
        disabled={pageCount === 0}
        value={typed ?? String(page)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/g, ''))}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            commit()
            event.currentTarget.blur()
          } else if (event.key === 'Escape') {
            setTyped(undefined)
            event.currentTarget.blur()
          }
        }}
      />
      <span className={`${styles.of} tabular`}>{pageCount > 0 && t('reader.page.of', { count: pageCount })}</span>
    </div>
  )
}
