/** The Ask page with a question put to it. */
export function askPath(question: string): string {
  return `/ask?q=${encodeURIComponent(question)}`
}
