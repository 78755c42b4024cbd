import { describe, expect, it } from 'vitest'
import { readMarkdown, readPlainText } from './read-markdown.ts'

describe('readMarkdown', () => {
  it('reads as it is shown', () => {
    const { blocks, title } = readMarkdown(`---
title: "Federalism in brief"
---
# The Union #

India is a **union of _states_**, see [Article 1](https://x.y "t")[^1].
<!-- hidden -->
## Lists
- one \`code\`
- [x] two
  * inner

1. first

> quoted
> lines

Setext
------

| Right | Articles |
|-------|:--------:|
| Equality | 14–18 |

![map](a.png) A \\*star\\* &amp; an <b>end</b>. snake_case_name

\`\`\`js
# not a heading
\`\`\`
[ref]: http://x.y
`)
    expect(title).toBe('Federalism in brief')
    expect(blocks).toEqual([
      { text: 'The Union', headingLevel: 1 },
      { text: 'India is a union of states, see Article 1.' },
      { text: 'Lists', headingLevel: 2 },
      { text: '• one code\n• two\n  • inner' },
      { text: '1. first' },
      { text: 'quoted\nlines' },
      { text: 'Setext', headingLevel: 2 },
      { text: 'Right\tArticles\nEquality\t14–18' },
      { text: 'map A *star* & an end. snake_case_name' },
      { text: '# not a heading' },
    ])
  })

  it('takes plain text by its blank lines', () => {
    expect(readPlainText('\n\na  \nb\n \n\nc\n')).toEqual([{ text: 'a\nb' }, { text: 'c' }])
  })
})
