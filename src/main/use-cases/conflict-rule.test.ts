import { expect, it } from 'vitest'
import { openStore } from '#main/store/open-store.ts'
import type { ConflictFacts } from '#shared/model/conflict.ts'
import { integrationDefinitionSchema } from '#shared/model/integration.ts'
import { noOutcomes } from '#shared/model/run.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { compileTwoWay } from './build-two-way.ts'
import { previewRule, withRule } from './conflict-rule.ts'

const rows = ['email', 'city', 'tags'].map((field) => ({ to: field, from: field }))
const definition = integrationDefinitionSchema.parse({
  id: 'both',
  name: 'Both',
  pattern: 'two-way',
  source: { connection: 'list', object: 'rows' },
  destination: { connection: 'crm', object: 'contact' },
  match: ['email'],
  mapping: rows,
  back: { match: ['email'], mapping: rows },
  policies: { conflicts: [{ fields: ['tags', 'city'], policy: 'newest' }] },
})

function factsOf(left: string, right: string): ConflictFacts {
  const fields = ['city']
  const unit = {
    name: 'city',
    sourceFields: fields,
    destinationFields: fields,
    filledAtSource: fields,
    filledAtDestination: fields,
    ifSource: { city: left },
    ifDestination: { city: right },
    takesOwn: true,
  }
  return { units: [unit], base: null, forward: { city: left }, back: { city: right }, newer: null, others: [] }
}

/** Four conflicts about the city: one with an empty side, one decided, one from an earlier version. */
function waiting() {
  const store = openStore({ folder: tempFolder(), nowMs: () => 0 })
  const route = {
    integrationId: 'both',
    integrationVersion: 1,
    sourceStream: store.streams.idOf('list', 'rows'),
    destinationStream: store.streams.idOf('crm', 'contact'),
  }
  store.definitions.save({
    kind: 'integration',
    id: 'both',
    body: JSON.stringify(definition),
    savedAt: '',
    savedBy: 'window',
  })
  store.runs.begin(route, { id: 'run', planId: null, startedAt: '' })
  const record = (externalId: string, left: string, right: string, facts?: ConflictFacts) => ({
    source: { externalId, base: {}, text: '{}', hash: '00', version: null },
    reason: { code: 'conflict', message: '' },
    label: externalId,
    conflict: { source: { city: left }, destination: { city: right }, ...(facts && { facts }) },
  })
  store.journal.recordPage(route, 'run', {
    intents: [],
    agreements: [],
    records: [],
    failed: [
      record('a', 'Bonn', 'Bern', factsOf('Bonn', 'Bern')),
      record('b', 'Bonn', '', factsOf('Bonn', '')),
      record('c', 'Bonn', 'Bern', factsOf('Bonn', 'Bern')),
      record('d', 'Bonn', 'Bern'),
    ],
    progress: { position: { kind: 'start' }, readCount: 0, counts: noOutcomes, serverTime: null },
  })
  const key = { integrationId: 'both', stream: route.sourceStream, externalId: 'c' }
  store.decisions.decideFields(key, { city: { take: 'source' } }, 'now')
  return store
}

const rule = { integrationId: 'both', unit: 'city' } as const

it('a rule is shown with what would stand there, before it is saved', () => {
  expect(previewRule(waiting(), { ...rule, policy: 'destination' })).toEqual({
    version: 1,
    waitingCount: 2,
    decidedCount: 2,
    byPersonCount: 1,
    unknownCount: 1,
    records: [
      {
        label: 'a',
        now: { source: { city: 'Bonn' }, destination: { city: 'Bern' } },
        after: { source: { city: 'Bern' }, destination: { city: 'Bern' } },
      },
      {
        label: 'b',
        now: { source: { city: 'Bonn' }, destination: { city: '' } },
        after: { source: { city: '' }, destination: { city: '' } },
      },
    ],
  })
})

it('what the policy cannot decide is told too', () => {
  const { decidedCount, records } = previewRule(waiting(), { ...rule, policy: 'prefer-nonempty' })
  expect([decidedCount, records.map(({ after }) => after?.destination.city)]).toEqual([1, [undefined, 'Bonn']])
  expect(previewRule(waiting(), { ...rule, policy: 'newest' }).decidedCount).toBe(0)
  expect(previewRule(waiting(), { ...rule, unit: 'tags', policy: 'source' }).waitingCount).toBe(0)
})

it('the new rule counts before an older one about the same field, and leaves the rest of it', () => {
  const changed = withRule(definition, { unit: 'city', policy: 'source' })
  expect(changed.policies.conflicts).toEqual([
    { fields: ['city'], policy: 'source' },
    { fields: ['tags'], policy: 'newest' },
  ])
  const compiled = compileTwoWay(changed)
  expect(compiled?.units.map((unit) => compiled.ruleOf(unit).policy)).toEqual(['hold', 'source', 'newest'])
})
