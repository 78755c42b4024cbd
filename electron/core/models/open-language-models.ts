import { freemem, totalmem } from 'node:os'
import type { Settings } from '#contract/system.ts'
import { makeOllamaModel } from '../adapters/ollama.ts'
import { runsElsewhere } from '../adapters/ollama-models.ts'
import { makeOllamaStore } from '../adapters/ollama-store.ts'
import { keyNameOf, makeOpenAiModel } from '../adapters/openai-compatible.ts'
import type { SharedOllama } from '../adapters/share-ollama.ts'
import { LONGEST_ANSWER } from '../ask/build-prompt.ts'
import type { AnyJobDefinition } from '../jobs/job-definition.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
import { makeSessionSecrets, withEnvironmentKey } from '../ops/session-secrets.ts'
import type { Clock, LanguageModel, SecretKeeper } from '../ports.ts'
import type { Store } from '../store/open-store.ts'
import { type AnswerCache, makeAnswerCache } from './answer-cache.ts'
import { chooseProvider, extractiveModel } from './choose-provider.ts'
import { makeDailyBudget } from './daily-budget.ts'
import { expectDuration, measureSpeed } from './expect-duration.ts'
import { meterCalls } from './meter-calls.ts'
import { makeModelActivity } from './model-activity.ts'
import { makePullModelJob, makeWarmUpJob } from './model-jobs.ts'
import { type ModelShelf, makeModelShelf } from './model-shelf.ts'
import { reportUsage, type UsageReporter } from './report-usage.ts'
import { makeUsageLedger } from './usage-ledger.ts'

export interface LanguageModels {
  /** The provider of the settings, every call metered. */
  model: LanguageModel
  cache: AnswerCache
  usage: UsageReporter
  /** Kinds of work for the runner. */
  jobs: AnyJobDefinition[]
  /** What a person can do about models, once the runner is there. */
  shelf(jobs: JobRunner): ModelShelf
}

/** All that has to do with language models, put together; `given` takes the place of the real ones. */
export function openLanguageModels({
  store,
  clock,
  settings,
  shared,
  secrets: keeper = makeSessionSecrets(),
  given,
}: {
  store: Store
  clock: Clock
  settings: () => Settings
  shared?: SharedOllama
  secrets?: SecretKeeper | undefined
  given?: LanguageModel | undefined
}): LanguageModels {
  const secrets = withEnvironmentKey(keeper, process.env)
  const ledger = makeUsageLedger({ store, clock, settings })
  const budget = makeDailyBudget({ store, clock, settings })
  const cache = makeAnswerCache({ store, clock, ledger })
  const activity = makeModelActivity(clock)
  const modelStore = makeOllamaStore({ settings, clock })
  const chosen = chooseProvider(settings, {
    ollama: makeOllamaModel({ settings, clock, shared }),
    openai: makeOpenAiModel({ settings, clock, secrets }),
    extractive: extractiveModel,
  })
  const model = meterCalls({
    model: given ?? chosen,
    settings,
    ledger,
    budget,
    activity,
    clock,
    expect: (name, tokens) => expectDuration(measureSpeed(store, name), tokens),
    longestAnswer: LONGEST_ANSWER,
  })
  return {
    model,
    cache,
    usage: {
      report: (input) => reportUsage({ store, clock, budget }, input),
      clearCache: cache.clear,
    },
    jobs: [makePullModelJob({ store: modelStore, pulled: () => model.tryAgain?.() }), makeWarmUpJob({ model })],
    shelf: (jobs) =>
      makeModelShelf({
        store,
        jobs,
        model,
        modelStore,
        activity,
        secrets,
        settings,
        memory: () => ({ totalBytes: totalmem(), freeBytes: freemem() }),
        runsElsewhere,
        keyName: keyNameOf,
      }),
  }
}
