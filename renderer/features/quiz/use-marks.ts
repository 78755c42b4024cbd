import { useMemo } from 'react'
import { useFormat } from '../../ui/use-format.ts'
import { formatMarks } from './format-marks.ts'

/** Writes marks exactly, and with a plus where gains and losses stand side by side. */
export function useMarks() {
  const format = useFormat()
  return useMemo(() => {
    const marks = (units: number) => formatMarks(units, format.number)
    return { marks, signed: (units: number) => (units > 0 ? `+${marks(units)}` : marks(units)) }
  }, [format])
}
