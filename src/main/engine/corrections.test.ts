import { describe, expect, it } from 'vitest'
import { noOutcomes } from '#shared/model/run.ts'
import { engineBench } from '#test/support/engine-bench.ts'
import { createMemoryService } from '#test/support/memory-service.ts'
import { corrected } from './corrected.ts'

function bench() {
  const source = createMemoryService({ name: 'rows' })
  source.put('s1', { Email: 'not an address', Name: 'Ana' })
  const crm = createMemoryService()
  const engine = engineBench({ source: source.object, destination: crm.object })
  const { route } = engine.job.plan
  const correct = (was: string, value: string): void =>
    engine.store.corrections.put({
      integrationId: route.integrationId,
      stream: route.sourceStream,
      externalId: 's1',
      field: 'Email',
      was,
      value,
      label: 'Ana',
      at: 'now',
    })
  return { ...engine, source, crm, correct }
}

describe('a value that a person corrected', () => {
  it('is written instead of what the source says, and not again', async () => {
    const { run, crm, correct, store } = bench()
    expect((await run()).counts).toEqual({ ...noOutcomes, failed: 1 })
    correct('not an address', 'ana@x.example')
    expect((await run()).counts).toEqual({ ...noOutcomes, created: 1 })
    expect([...crm.records.values()].map(({ values }) => values.email)).toEqual(['ana@x.example'])
    expect((await run()).counts).toEqual({ ...noOutcomes, unchanged: 1 })
    expect(store.decisions.countWaiting()).toBe(0)
  })

  it('gives way as soon as the source says something else', async () => {
    const { run, crm, source, correct } = bench()
    correct('not an address', 'ana@x.example')
    await run()
    source.put('s1', { Email: 'ana@new.example', Name: 'Ana' })
    expect((await run()).counts).toEqual({ ...noOutcomes, updated: 1 })
    expect([...crm.records.values()].map(({ values }) => values.email)).toEqual(['ana@new.example'])
  })

  it('can be corrected once more', async () => {
    const { run, crm, correct } = bench()
    correct('not an address', 'still not one')
    expect((await run()).counts).toEqual({ ...noOutcomes, failed: 1 })
    correct('still not one', 'ana@x.example')
    expect((await run()).counts).toEqual({ ...noOutcomes, created: 1 })
    expect(crm.records.size).toBe(1)
  })

  it('takes the place of a value that could not be read', () => {
    const record = {
      externalId: 'a',
      values: { day: null, name: 'Ana' },
      issues: [
        { code: 'wrong-type', message: 'm', field: 'day' },
        { code: 'wrong-type', message: 'm', field: 'other' },
      ],
    }
    const result = corrected(record, [{ field: 'day', was: null, value: '2026-01-01' }])
    expect([result.values, result.issues?.map(({ field }) => field)]).toEqual([
      { day: '2026-01-01', name: 'Ana' },
      ['other'],
    ])
    expect(corrected(record, [{ field: 'name', was: 'Bo', value: 'Cy' }])).toBe(record)
  })
})
