export { ScopeFilter } from './scope-filter.tsx'
export { SEARCH_INPUT_ID, SearchPage } from './search-page.tsx'
