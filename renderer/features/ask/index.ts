export { AskPage } from './ask-page.tsx'
export { askPath } from './ask-path.ts'
export { describeEngine, type EngineTold } from './describe-engine.ts'
export { modelStatusQuery } from './model-status-query.ts'
