import { describe, expect, it } from 'vitest'
import type { Route } from '#main/engine/ports/sync-store.ts'
import { noOutcomes } from '#shared/model/run.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { openStore, type Store } from './open-store.ts'

const progress = { position: { kind: 'start' as const }, readCount: 0, counts: noOutcomes, serverTime: null }

function bench() {
  const store = openStore({ folder: tempFolder(), nowMs: () => 0 })
  const stream = (name: string): number => store.streams.idOf(name, 'contact')
  const route = (from: string, to: string): Route => ({
    integrationId: `${from}-${to}`,
    integrationVersion: 1,
    sourceStream: stream(from),
    destinationStream: stream(to),
  })
  return { store, route }
}

function agree(store: Store, route: Route, sourceId: string, destinationId: string): void {
  const text = JSON.stringify({ name: sourceId })
  const source = { externalId: sourceId, base: { name: sourceId }, text, hash: '00'.repeat(16), version: null }
  const destination = { externalId: destinationId, base: { name: destinationId }, version: null }
  store.runs.begin(route, { id: `${route.integrationId}-${sourceId}`, planId: null, startedAt: '2026-01-01T00:00:00Z' })
  const agreements = [{ source, destination }]
  const batch = { agreements, intents: [], records: [], failed: [], progress }
  store.journal.recordPage(route, `${route.integrationId}-${sourceId}`, batch)
}

describe('an agreement', () => {
  it('makes two linked records that turn out to be the same into one', () => {
    const { store, route } = bench()
    agree(store, route('list', 'crm'), 'l1', 'c1')
    agree(store, route('shop', 'mail'), 's1', 'm1')
    agree(store, route('list', 'shop'), 'l1', 's1')
    const cluster = store.links.linkState(route('list', 'crm'), 'l1')?.cluster ?? 0
    expect(store.links.destinationState(route('list', 'crm'), cluster)).toMatchObject({
      externalId: 'c1',
      base: { name: 'c1' },
    })
    expect(store.links.destinationState(route('shop', 'mail'), cluster)).toMatchObject({
      externalId: 'm1',
      base: { name: 'm1' },
    })
    expect(store.links.linkedId({ connection: 'crm', object: 'contact', externalId: 'c1' }, 'mail')).toBe('m1')
    store.close()
  })

  it('keeps apart what a service has two records for, and loses no agreement', () => {
    const { store, route } = bench()
    agree(store, route('list', 'crm'), 'l1', 'c1')
    agree(store, route('shop', 'crm'), 's1', 'c2')
    agree(store, route('list', 'shop'), 'l1', 's1')
    const ofList = store.links.linkState(route('list', 'crm'), 'l1')
    const ofShop = store.links.linkState(route('shop', 'crm'), 's1')
    expect(ofList?.cluster).not.toBe(ofShop?.cluster)
    expect(store.links.destinationState(route('list', 'crm'), ofList?.cluster ?? 0)?.externalId).toBe('c1')
    expect(store.links.destinationState(route('shop', 'crm'), ofShop?.cluster ?? 0)?.externalId).toBe('c2')
    expect(store.links.sourceBase(route('list', 'shop'), 'l1')).toEqual({ name: 'l1' })
    store.close()
  })

  it('numbers a new linked record beyond every other, also after a restart', () => {
    const folder = tempFolder()
    const first = openStore({ folder, nowMs: () => 0 })
    const ids = { sourceStream: first.streams.idOf('a', 'x'), destinationStream: first.streams.idOf('b', 'x') }
    const route = { integrationId: 'a-b', integrationVersion: 1, ...ids }
    agree(first, route, 'one', 'eins')
    first.close()
    const second = openStore({ folder, nowMs: () => 0 })
    agree(second, route, 'two', 'zwei')
    const clusters = ['one', 'two'].map((id) => second.links.linkState(route, id)?.cluster)
    expect(clusters).toEqual([1, 2])
    second.close()
  })
})
