import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operations } from '../testing/job-operations.ts'
import { playBesideModel } from '../testing/play-beside-model.ts'
import { openTestStore } from '../testing/test-jobs.ts'

/** `npm run test:chaos` sets 1000; a seed that was printed can be played again. */
const ROUNDS = Number(process.env.ABHYAS_MODEL_ROUNDS ?? 100)
const SEED = Number(process.env.ABHYAS_CHAOS_SEED ?? 1)

/** One database for all rounds: making one takes longer than playing on it. `mistake` is SQL that spoils it. */
function openPlayground(mistake = '') {
  const store = openTestStore()
  const effects = 'CREATE TABLE effects (seq INTEGER PRIMARY KEY, what TEXT NOT NULL)'
  store.transaction((db) => db.$client.exec(`${effects}; ${mistake}`))
  const clear = 'DELETE FROM jobs; DELETE FROM effects; UPDATE job_runner SET owner = NULL, paused = 0'
  return fc.asyncProperty(operations, async (some) => {
    store.transaction((db) => db.$client.exec(clear))
    await playBesideModel(store, some)
  })
}

describe('random operations', () => {
  it(`leave the runner where the reference model is (${ROUNDS} rounds from seed ${SEED})`, {
    timeout: 60_000 + ROUNDS * 2000,
  }, async () => {
    await fc.assert(openPlayground(), { numRuns: ROUNDS, seed: SEED, endOnFailure: ROUNDS > 100 })
  })

  // The comparison must be able to fail: each of these is a mistake that such a runner could have.
  it.each([
    [
      'a cancelled child that its parent still waits for',
      'the rows after',
      `AFTER UPDATE OF state ON jobs WHEN new.state = 'cancelled' AND old.state = 'queued'
      BEGIN UPDATE jobs SET pending_children = pending_children + 1 WHERE id = new.parent_id; END`,
    ],
    [
      'an attempt used up by a snooze',
      'the rows after',
      `AFTER UPDATE OF state ON jobs WHEN new.state = 'snoozed' AND old.state = 'running'
      BEGIN UPDATE jobs SET attempts = attempts + 1 WHERE id = new.id; END`,
    ],
    [
      'a step that is written twice',
      'what was written after',
      `AFTER INSERT ON effects WHEN new.what LIKE '%step 2'
      BEGIN INSERT INTO effects (what) VALUES (new.what || ' again'); END`,
    ],
    [
      'a crash that is not counted',
      'the rows after',
      `AFTER UPDATE OF crash_count ON jobs WHEN new.crash_count = 2
      BEGIN UPDATE jobs SET crash_count = 1 WHERE id = new.id; END`,
    ],
  ])('find %s', { timeout: 120_000 }, async (_, message, trigger) => {
    const spoilt = openPlayground(`CREATE TRIGGER mistake ${trigger}`)
    const found = await fc.check(spoilt, { numRuns: 60, seed: SEED, endOnFailure: true })
    expect(String(found.errorInstance)).toContain(message)
  })
})
