import { useMemo } from 'react'
import { useFormat } from '../../ui/use-format.ts'
import { formatSixths } from './format-sixths.ts'

/** Writes marks exactly, and with a plus where gains and losses stand side by side. */
export function useMarks() {
  const format = useFormat()
  return useMemo(() => {
    const marks = (sixths: number) => formatSixths(sixths, format.number)
    return { marks, signed: (sixths: number) => (sixths > 0 ? `+${marks(sixths)}` : marks(sixths)) }
  }, [format])
}
