import { Parser } from 'htmlparser2'
import type { ParseMarkup } from '../ingest/markup/parse-markup.ts'

/**
 * Reads HTML or XML as a stream of events, forgiving any error. It builds no tree,
 * so that depth costs nothing, follows no reference out of the text, and knows no
 * entity but those of HTML and XML themselves.
 */
export const parseMarkup: ParseMarkup = (source, handler, { xml }) => {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => handler.open(name, attributes),
      ontext: (text) => handler.text(text),
      onclosetag: (name) => handler.close(name),
    },
    { xmlMode: xml, decodeEntities: true, lowerCaseTags: !xml, lowerCaseAttributeNames: !xml },
  )
  parser.end(source)
}
