import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, it } from 'vitest'
import { Router } from 'wouter'
import { FailureError } from '../client/failure-of.ts'
import { startStrings } from '../strings/index.ts'
import { PageWaiting } from './page-waiting.tsx'

function shown(query: { data?: unknown; error?: unknown }): string {
  return renderToStaticMarkup(
    <I18nextProvider i18n={startStrings('en')}>
      <MantineProvider>
        <Router ssrPath="/">
          <PageWaiting
            query={{ data: query.data, error: query.error ?? null, refetch: async () => {} }}
            height={160}
            failureTitle="The quizzes could not be listed"
            otherWay={{ href: '/quizzes', label: 'Back' }}
          />
        </Router>
      </MantineProvider>
    </I18nextProvider>,
  ).replace(/<style.*?<\/style>/gs, '')
}

const failed = (code: 'disk-full' | 'not-found') => new FailureError({ code, message: 'The disk said no.' })

describe('what a page waits for', () => {
  it('is announced while it is on its way', () => {
    expect(shown({})).toContain('Loading…')
  })

  it('can be tried again where it did not come, with the reason and another way on', () => {
    const markup = shown({ error: failed('disk-full') })
    for (const words of ['The quizzes could not be listed', 'The disk said no.', 'Try again', 'Back']) {
      expect(markup).toContain(words)
    }
    expect(markup).not.toContain('Loading…')
  })

  it('is not asked for again where it is gone', () => {
    const markup = shown({ error: failed('not-found') })
    expect(markup).not.toContain('Try again')
    expect(markup).toContain('Back')
  })

  it('leaves no trace once it is here', () => {
    expect(shown({ data: [] })).toBe('')
  })
})
