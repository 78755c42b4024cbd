import { useQueries, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../client/index.ts'
import { askableHeadings, ownDocuments, sampleQuestions } from './choose-examples.ts'

const SHOWN = 4
/** Documents whose headings are looked at. */
const DOCUMENTS_ASKED = 4
const PASSAGES_LOOKED_AT = 24

/** Questions this library can answer: from the headings of its newest documents, else from the sample notes. */
export function useExampleQuestions(): string[] {
  const { t } = useTranslation()
  const { data: documents = [] } = useQuery(orpc.documents.list.queryOptions())
  const own = ownDocuments(documents).slice(0, DOCUMENTS_ASKED)
  const fromHeadings = useQueries({
    queries: own.map(({ id, title }) =>
      orpc.search.query.queryOptions({
        // By words alone: this is no reason to wake the embedding model.
        input: { query: title, mode: 'keyword', limit: PASSAGES_LOOKED_AT, scope: { documentIds: [id] } },
        staleTime: Number.POSITIVE_INFINITY,
      }),
    ),
    combine: (results) => results.map(({ data }) => data?.hits ?? []),
  })
  const ofEach = fromHeadings.map((hits) => askableHeadings(hits, SHOWN))
  // In turn, so that several documents have a say, and one alone may fill the list.
  const asked = Array.from({ length: SHOWN }, (_, rank) => ofEach.flatMap((headings) => headings[rank] ?? []))
    .flat()
    .map(({ heading, isQuestion }) => (isQuestion ? heading : t('ask.start.about', { heading })))
  const samples = sampleQuestions(documents).map((key) => t(`ask.sample.${key}`))
  return [...asked, ...samples].slice(0, SHOWN)
}
