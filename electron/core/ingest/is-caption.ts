const CAPTION =
  /^[[(]?\s*(?:fig(?:ure|s)?|table|map|chart|graph|diagram|plate|box|चित्र|आकृति|सारणी|तालिका|मानचित्र)\.?\s*\p{Nd}/iu

/** Whether a line names a figure or table by its number: "Fig. 2.1: …", "Table 3", "चित्र 4". It belongs to the text, and heads none. */
export function isCaption(line: string): boolean {
  return CAPTION.test(line)
}
