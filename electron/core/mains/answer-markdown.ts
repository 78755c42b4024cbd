import { describeCheck } from '#contract/describe-check.ts'
import type { MainsAnswer } from '#contract/mains.ts'

const WORDS = {
  en: {
    marks: 'marks',
    words: 'words',
    minutes: 'minutes',
    answer: 'Answer',
    checks: 'Checks',
    noMark: 'What was counted and found, each with what to do. It is no mark.',
    rubric: 'Rubric',
    rubricBy: 'Ticked by {{model}}, each tick by words of the answer.',
    points: 'What the library says',
    covered: 'in the answer',
    page: 'page',
    todo: 'To do',
  },
  hi: {
    marks: 'अंक',
    words: 'शब्द',
    minutes: 'मिनट',
    answer: 'उत्तर',
    checks: 'जाँच',
    noMark: 'जो गिना और पाया गया, हर एक के साथ क्या करना है। यह अंक नहीं है।',
    rubric: 'मापदंड',
    rubricBy: '{{model}} ने चिह्नित किया, हर चिह्न उत्तर के शब्दों से।',
    points: 'पुस्तकालय क्या कहता है',
    covered: 'उत्तर में है',
    page: 'पृष्ठ',
    todo: 'क्या करें',
  },
}

const MARKS = { met: '✓', partly: '◐', unmet: '✗', none: '–' }

/** An answer with its evaluation as Markdown, for keeping and printing. */
export function answerAsMarkdown(answer: MainsAnswer, language: 'en' | 'hi'): string {
  const words = WORDS[language]
  const { question, evaluation } = answer
  const minutes = Math.round(answer.elapsedMs / 6000) / 10
  const lines = [
    `# ${question.text}`,
    '',
    `${question.marks} ${words.marks} · ${answer.wordCount}/${question.wordLimit} ${words.words} · ${minutes}/${question.minutes} ${words.minutes}`,
    ...(question.source ? ['', question.source] : []),
    '',
    `## ${words.answer}`,
    '',
    answer.text.trim(),
  ]
  if (!evaluation) return `${lines.join('\n')}\n`
  lines.push('', `## ${words.checks}`, '', words.noMark, '')
  for (const check of evaluation.checks) {
    const { title, verdict, found, todo } = describeCheck(check, language)
    lines.push(`- ${MARKS[check.verdict]} **${title}** (${verdict}): ${found}${todo ? ` ${words.todo}: ${todo}` : ''}`)
  }
  if (evaluation.rubric.state === 'done') {
    lines.push('', `## ${words.rubric}`, '', words.rubricBy.replace('{{model}}', evaluation.rubric.model ?? ''), '')
    for (const { text, ticked, quote } of evaluation.rubric.points) {
      lines.push(`- [${ticked ? 'x' : ' '}] ${text}${quote ? ` — “${quote.replace(/\s+/g, ' ')}”` : ''}`)
    }
  }
  if (evaluation.points.points.length > 0) {
    lines.push('', `## ${words.points}`, '')
    for (const { citation, covered } of evaluation.points.points) {
      const place = `${citation.title}, ${words.page} ${citation.page}`
      lines.push(`${citation.number}. “${citation.quote}” (${place})${covered ? ` — ${words.covered}` : ''}`)
    }
  }
  return `${lines.join('\n')}\n`
}
