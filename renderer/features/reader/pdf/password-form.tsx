import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './password-form.module.css'

/** Asks for the password of a locked file; it goes to pdfjs and nowhere else. */
export function PasswordForm({ wrong, onPassword }: { wrong: boolean; onPassword(password: string): void }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (password) onPassword(password)
      }}
    >
      <h2 className={styles.title}>{t('reader.password.title')}</h2>
      <p className={styles.body}>{t('reader.password.body')}</p>
      <PasswordInput
        label={t('reader.password.label')}
        value={password}
        error={wrong && t('reader.password.wrong')}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!password}>
        {t('reader.password.open')}
      </Button>
    </form>
  )
}
