import { StudyError } from '../errors.ts'

/** What Ollama's grammar keeps of JSON Schema, and two notes that bind nothing. All else it skips, and says nothing. */
const KEPT = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'enum',
  'const',
  'anyOf',
  'oneOf',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'pattern',
  'title',
  'description',
])

/**
 * Throws `internal` for a schema with a keyword that Ollama would quietly not keep (uniqueItems, not, if, $ref,
 * prefixItems, …), or a pattern that does not span the whole text: replies would look as if they were held to it.
 */
export function checkFormat(format: object): void {
  for (const [keyword, value] of Object.entries(format)) {
    if (!KEPT.has(keyword)) throw notKept(keyword)
    if (keyword === 'pattern' && !/^\^.*\$$/s.test(String(value))) throw notKept(`pattern ${value}`)
    if (keyword === 'properties') for (const schema of Object.values(value as object)) checkFormat(schema as object)
    else if (keyword === 'items' || keyword === 'additionalProperties') checkSchema(value)
    else if (keyword === 'anyOf' || keyword === 'oneOf') for (const schema of value as object[]) checkFormat(schema)
  }
}

/** A schema may be a mere true or false. */
function checkSchema(schema: unknown): void {
  if (typeof schema === 'object' && schema !== null) checkFormat(schema)
}

function notKept(what: string): StudyError {
  return new StudyError('internal', `Ollama does not keep "${what}" of a reply's form. Nothing was sent.`)
}
