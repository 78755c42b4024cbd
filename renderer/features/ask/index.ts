export { AnswerText } from './answer-text.tsx'
export { askAboutSelection, explainSelection } from './ask-about-selection.ts'
export { AskPage } from './ask-page.tsx'
export { askPath, conversationPath } from './ask-path.ts'
export {
  type AnswerWords,
  fileNameOf,
  inMarkdown,
  markedText,
  sourceLines,
} from './conversation-text.ts'
export { conversationsQuery } from './conversations-query.ts'
export { describeEngine } from './describe-engine.ts'
export { EngineChoice } from './engine-choice.tsx'
export { modelStatusQuery } from './model-status-query.ts'
export { SourceList } from './source-list.tsx'
export { useAnswerWords } from './use-answer-words.ts'
export { useExampleQuestions } from './use-example-questions.ts'
