import { expect, it } from 'vitest'
import type { HeldWriteChoice } from '#shared/model/decision.ts'
import { noOutcomes } from '#shared/model/run.ts'
import { engineBench } from '#test/support/engine-bench.ts'
import { createMemoryService, type Fault } from '#test/support/memory-service.ts'
import { heldWritesOf, settleHeldWrite } from './held-writes.ts'

/** One record was sent to a service that offers nothing against doing it twice; its answer was lost, or the request. */
async function heldBench(fault: Fault['kind']) {
  const source = createMemoryService({ name: 'rows' })
  source.put('s1', { Email: 'ana@x.example', Name: 'Ana' })
  let isFaulty = true
  const crm = createMemoryService({
    createClass: 'N',
    canFind: false,
    fault: () => (isFaulty ? { kind: fault } : undefined),
  })
  const bench = engineBench({ source: source.object, destination: crm.object, match: [] })
  const run = await bench.run()
  isFaulty = false
  const { store } = bench
  const { route } = bench.job.plan
  const settle = (choice: HeldWriteChoice, externalId?: string): void => {
    const [held] = heldWritesOf(store.journal, route)
    const parts = { journal: store.journal, runs: store.runs, decisions: store.decisions, now: () => 'now' }
    settleHeldWrite(parts, { route, intentId: held?.id ?? 0, choice, ...(externalId !== undefined && { externalId }) })
  }
  return { bench, crm, source, run, settle, held: () => heldWritesOf(store.journal, route) }
}

function codeOf(work: () => void): string {
  try {
    work()
    return ''
  } catch (thrown) {
    return (thrown as { code: string }).code
  }
}

it('a held write that did not arrive is sent again, as it was, and only once', async () => {
  const { bench, crm, run, settle, held } = await heldBench('dropped')
  expect([run.counts.held, held().length, crm.records.size]).toEqual([1, 1, 0])
  settle('send-again')
  const second = await bench.run()
  expect([second.counts.created, held().length, crm.records.size]).toEqual([1, 0, 1])
  expect((await bench.run()).counts).toEqual({ ...noOutcomes, unchanged: 1 })
})

it('a held write that arrived is linked with the record that was made, and never made again', async () => {
  const { bench, crm, source, run, settle } = await heldBench('lost')
  expect(codeOf(() => settle('arrived'))).toBe('id-needed')
  settle('arrived', ' d1 ')
  expect(bench.store.runs.get(run.id)?.counts).toEqual({ ...noOutcomes, created: 1 })
  source.put('s1', { Email: 'ana@x.example', Name: 'Anna' })
  expect((await bench.run()).counts).toEqual({ ...noOutcomes, updated: 1 })
  expect([crm.records.size, crm.records.get('d1')?.values.name]).toEqual([1, 'Anna'])
})

it('a held write that is left out is not sent, and its record takes no part until it is let in', async () => {
  const { bench, crm, settle, held } = await heldBench('dropped')
  settle('leave-out')
  expect((await bench.run()).counts).toEqual({ ...noOutcomes, skipped: 1 })
  expect([held().length, crm.stats.creates, bench.store.decisions.leftOut({ limit: 5 })]).toMatchObject([
    0,
    0,
    [{ externalId: 's1' }],
  ])
  expect(codeOf(() => settle('send-again'))).toBe('not-held')
})
