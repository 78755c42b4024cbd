import { analyse } from 'chardet'

/** Enough to know a language's letters by; more costs time. */
const SAMPLE_BYTES = 65_536
/** Of 100: below, Windows-1252 is the better guess. */
const LEAST_CONFIDENCE = 30

/** The likeliest encoding of a text that is not UTF-8, by a name that TextDecoder knows. */
export function guessEncoding(bytes: Uint8Array): string | undefined {
  const [best] = analyse(bytes.subarray(0, SAMPLE_BYTES)).filter(({ name }) => !/^UTF|^ASCII/i.test(name))
  return best && best.confidence >= LEAST_CONFIDENCE ? best.name : undefined
}
