import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** An address of a server: saved when it is left or entered, if it is one. */
export function AddressField({ id, value, onSave }: { id: string; value: string; onSave(address: string): void }) {
  const { t } = useTranslation()
  const [address, setAddress] = useState(value)
  useEffect(() => setAddress(value), [value])
  const trimmed = address.trim()
  const isGood = isHttpUrl(trimmed)
  const save = () => {
    if (isGood && trimmed !== value) onSave(trimmed)
  }
  return (
    <TextInput
      id={id}
      type="url"
      inputMode="url"
      spellCheck={false}
      value={address}
      error={isGood ? undefined : t('models.writer.addressBad')}
      onChange={(event) => setAddress(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save()
        if (event.key === 'Escape') setAddress(value)
      }}
    />
  )
}
