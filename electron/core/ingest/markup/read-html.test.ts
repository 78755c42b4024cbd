import { describe, expect, it } from 'vitest'
import { parseMarkup } from '../../adapters/htmlparser2-markup.ts'
import { readHtml } from './read-html.ts'

const read = (html: string, options?: { xml?: boolean }) => readHtml(html, parseMarkup, options)
const textsOf = (html: string) => read(html).blocks.map(({ text }) => text)

describe('readHtml', () => {
  it('reads headings, paragraphs and line breaks, spaces as one', () => {
    const { blocks, title } = read(
      '<html><head><title> The  Constitution </title></head><body><h1>Part\n III</h1>' +
        '<p>Every <b>citizen</b> has\n\n rights.</p>Loose words<br>on two lines<h3>Article 14</h3></body></html>',
    )
    expect(title).toBe('The Constitution')
    expect(blocks).toEqual([
      { text: 'Part III', headingLevel: 1 },
      { text: 'Every citizen has rights.' },
      { text: 'Loose words\non two lines' },
      { text: 'Article 14', headingLevel: 3 },
    ])
  })

  it('keeps a list together, its items marked and set in', () => {
    expect(
      textsOf(
        '<p>Powers:</p><ul><li><p>Legislative</p></li><li>Financial<ol start="3"><li>Grants</li><li></li><li>Taxes</li></ol></li>' +
          '<li>Judicial</li></ul><p>After.</p>',
      ),
    ).toEqual(['Powers:', '• Legislative\n• Financial\n  3. Grants\n  5. Taxes\n• Judicial', 'After.'])
  })

  it('writes a table row by row with its cells parted, and its caption before', () => {
    expect(
      textsOf(
        '<table><caption>Lists</caption><thead><tr><th>List</th><th>Subjects</th></tr></thead>' +
          '<tr><td>Union</td><td><p>Defence</p><p>Railways</p></td></tr><tr><td></td><td>97 <i>items</i></td></tr></table>',
      ),
    ).toEqual(['Lists', 'List\tSubjects\nUnion\tDefence Railways\n\t97 items'])
  })

  it('reads a table that only lays out the page as what is in it', () => {
    const prose = 'Words of an article that goes on. '.repeat(30).trim()
    expect(textsOf(`<table><tr><td>Menu</td><td><h2>News</h2><p>${prose}</p></td></tr></table>`)).toEqual([
      'Menu',
      'News',
      prose,
    ])
  })

  it('leaves out what is not for reading', () => {
    expect(
      textsOf(
        '<script>alert("p")</script><style>p{}</style><nav>Home</nav><p hidden>No</p><p style="display:none">No</p>' +
          '<div aria-hidden="true"><p>No</p></div><svg><text>No</text></svg><iframe src="http://x.test"></iframe>' +
          '<p>The House<sup><a href="#1">[1]</a></sup> sits in m<sup>2</sup>.<img src="http://x.test/a.png" alt="No"></p>' +
          '<figure><img src="a.png"><figcaption>Fig. 1: The House</figcaption></figure>',
      ),
    ).toEqual(['The House sits in m2.', 'Fig. 1: The House'])
  })

  it('keeps the lines of preformatted text', () => {
    expect(textsOf('<pre>one\n  two\n\nthree</pre>')).toEqual(['one\n  two\n\nthree'])
  })

  it('reads XHTML with its empty elements, and knows where its anchors are', () => {
    const { blocks, anchors } = read(
      '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>' +
        '<p><a id="one"/>First &#x0930;&amp;</p><p/><h2 id="two">Second</h2><p>Last</p></body></html>',
      { xml: true },
    )
    expect(blocks.map(({ text }) => text)).toEqual(['First र&', 'Second', 'Last'])
    expect([...anchors]).toEqual([
      ['one', 0],
      ['two', 1],
    ])
  })

  it('survives any depth and any number of tags never closed', () => {
    const depth = 20_000
    expect(
      textsOf(`${'<div><ul><li><table><tr><td>'.repeat(depth / 5)}deep`)
        .join()
        .trim(),
    ).toBe('• deep')
    expect(textsOf(`${'<b>'.repeat(depth)}deep`)).toEqual(['deep'])
  })
})
