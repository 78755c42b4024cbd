/** Hears of what stands in a marked-up text, in its order. Tags that were never closed are closed by the parser. */
export interface MarkupHandler {
  open(name: string, attributes: Record<string, string>): void
  /** Entities decoded; a run of text may come in parts. */
  text(text: string): void
  close(name: string): void
}

/** Tells a handler of HTML (names in lower case) or XML (names as they are, prefix included). Never throws for bad markup. */
export type ParseMarkup = (source: string, handler: MarkupHandler, options: { xml: boolean }) => void
