import { expect, it } from 'vitest'
import { choiceOf, FOLDER, pickableModels } from './embedding-choices.ts'

const BUILT_IN = { kind: 'built-in' } as const
const OLLAMA = { kind: 'ollama', model: 'bge-m3:latest' } as const
const MODELS = [
  { choice: BUILT_IN, name: 'all-MiniLM-L6-v2', local: true },
  { choice: OLLAMA, name: 'bge-m3:latest', local: true },
]

it('offers every model but the one in use, and reads back what was picked', () => {
  const models = pickableModels(MODELS, BUILT_IN)
  expect(models.map(({ name }) => name)).toEqual(['bge-m3:latest'])
  expect(choiceOf(models[0]?.key ?? '', '', models)).toEqual(OLLAMA)
  expect(choiceOf(null, '', models)).toBeUndefined()
})

it('takes a folder by its path, once there is one', () => {
  expect(choiceOf(FOLDER, '  ', [])).toBeUndefined()
  expect(choiceOf(FOLDER, ' /models/e5 ', [])).toEqual({ kind: 'folder', path: '/models/e5' })
})
