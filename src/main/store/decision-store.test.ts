import { describe, expect, it } from 'vitest'
import { noOutcomes } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { openStore } from './open-store.ts'

const progress = { position: { kind: 'start' as const }, readCount: 0, counts: noOutcomes, serverTime: null }

/** Records of two integrations that wait. */
function waitingStore() {
  const store = openStore({ folder: tempFolder(), nowMs: () => 0 })
  const [sourceStream, destinationStream] = [store.streams.idOf('a', 'x'), store.streams.idOf('b', 'y')]
  const routeOf = (integrationId: string) => ({
    integrationId,
    integrationVersion: 1,
    sourceStream,
    destinationStream,
  })
  for (const integrationId of ['one', 'two']) {
    store.runs.begin(routeOf(integrationId), { id: integrationId, planId: null, startedAt: '2026-01-01' })
    const failed = ['r1', 'r2', 'r3'].map((externalId) => ({
      source: { externalId, base: {}, text: '{}', hash: '00', version: null },
      reason: { code: 'conflict', message: 'm' },
      label: `${integrationId} ${externalId}`,
      conflict: { source: { City: 'Bonn' }, destination: { city: 'Bern' } },
    }))
    store.journal.recordPage(routeOf(integrationId), integrationId, {
      agreements: [],
      intents: [],
      records: [],
      failed,
      progress,
    })
  }
  return { store, routeOf, sourceStream }
}

it('what waits is listed page by page, of all integrations or of one', () => {
  const { store } = waitingStore()
  const seen: string[] = []
  for (let page = store.decisions.waiting({ limit: 4 }); page.length > 0; ) {
    seen.push(...page.map(({ label }) => label))
    const last = page.at(-1)
    page = last ? store.decisions.waiting({ limit: 4, after: last }) : []
  }
  expect(seen).toEqual(['one r1', 'one r2', 'one r3', 'two r1', 'two r2', 'two r3'])
  expect(store.decisions.waiting({ limit: 9, integrationId: 'two' })).toHaveLength(3)
  expect(store.decisions.waiting({ limit: 1 })[0]).toMatchObject({
    conflict: { destination: { city: 'Bern' } },
    decision: null,
  })
})

it('a decision stands until the record is settled; what is left out stays left out until it is taken back', () => {
  const { store, routeOf, sourceStream } = waitingStore()
  const keyOf = (externalId: string) => ({ integrationId: 'one', stream: sourceStream, externalId })
  expect(store.decisions.decide(keyOf('r1'), 'source', 'now')).toBe(true)
  expect(store.decisions.decide(keyOf('r2'), 'skip', 'now')).toBe(true)
  expect(store.decisions.decide(keyOf('nobody'), 'skip', 'now')).toBe(false)
  const route = routeOf('one')
  expect(['r1', 'r2', 'r3'].map((id) => store.decisions.of(route, id))).toEqual(['source', 'skip', undefined])
  expect(store.decisions.of(routeOf('two'), 'r1')).toBeUndefined()

  for (const externalId of ['r1', 'r2']) {
    const source = { externalId, base: {}, text: '{}', hash: '00', version: null }
    const agreements = [{ source, destination: { externalId: `d-${externalId}`, base: {}, version: null } }]
    store.journal.recordPage(route, 'one', { agreements, intents: [], records: [], failed: [], progress })
  }
  expect(['r1', 'r2'].map((id) => store.decisions.of(route, id))).toEqual([undefined, 'skip'])
  expect(store.decisions.withdraw(keyOf('r2'))).toBe(true)
  expect([store.decisions.of(route, 'r2'), store.decisions.withdraw(keyOf('r2'))]).toEqual([undefined, false])
})

const unit = {
  name: 'city',
  sourceFields: ['City'],
  destinationFields: ['city'],
  filledAtSource: ['City'],
  filledAtDestination: ['city'],
  ifSource: { city: 'Bonn' },
  ifDestination: { City: 'Bern' },
  takesOwn: true,
}

/** The conflict as a run asks about it, with what is needed to decide it field by field. */
function conflictOf(source: Values, destination: Values, code = 'conflict') {
  const facts = { units: [unit], base: null, forward: {}, back: {}, newer: null, others: [] }
  return {
    source: { externalId: 'r1', base: {}, text: '{}', hash: '00', version: null },
    reason: { code, message: 'm' },
    conflict: { source, destination, facts },
  }
}

describe('a decision for each field', () => {
  const choices = { city: { take: 'own', value: 'Basel' } } as const

  function decided() {
    const { store, routeOf, sourceStream } = waitingStore()
    const route = routeOf('one')
    const ask = (record: ReturnType<typeof conflictOf>): void =>
      void store.journal.recordPage(route, 'one', {
        agreements: [],
        intents: [],
        records: [],
        failed: [record],
        progress,
      })
    ask(conflictOf({ City: 'Bonn' }, { city: 'Bern' }))
    const key = { integrationId: 'one', stream: sourceStream, externalId: 'r1' }
    expect(store.decisions.decideFields(key, choices, 'now')).toBe(true)
    return { store, route, ask, key }
  }

  it('is kept with what both sides held, and listed with what was chosen', () => {
    const { store, route, key } = decided()
    expect(store.decisions.ofConflict(route, 'r1')).toEqual({
      choices,
      seen: { source: { City: 'Bonn' }, destination: { city: 'Bern' } },
    })
    expect(store.decisions.waitingOne(key)).toMatchObject({ decision: 'fields', choices })
    expect(store.decisions.decideFields({ ...key, externalId: 'nobody' }, choices, 'now')).toBe(false)
  })

  it('outlives a run that asks about the same values, and goes with other ones', () => {
    const { store, route, ask } = decided()
    ask(conflictOf({ City: 'Bonn' }, { city: 'Bern' }))
    expect(store.decisions.of(route, 'r1')).toBe('fields')
    ask(conflictOf({ City: 'Bonn' }, {}))
    expect(store.decisions.of(route, 'r1')).toBeUndefined()
  })

  it('goes where it cannot be carried out', () => {
    const { store, route, ask } = decided()
    ask(conflictOf({ City: 'Bonn' }, { city: 'Bern' }, 'own-value-refused'))
    expect(store.decisions.of(route, 'r1')).toBeUndefined()
  })

  it('of a record that was kept without its fields counts whatever is there then', () => {
    const { store, routeOf, sourceStream } = waitingStore()
    store.decisions.decide({ integrationId: 'one', stream: sourceStream, externalId: 'r2' }, 'source', 'now')
    expect(store.decisions.ofConflict(routeOf('one'), 'r2')).toEqual({ choices: 'source', seen: null })
  })
})
