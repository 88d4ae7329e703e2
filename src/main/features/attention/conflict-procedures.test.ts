import { describe, expect, it } from 'vitest'
import { openStore } from '#main/store/open-store.ts'
import type { UnitChoices } from '#shared/model/decision.ts'
import { noOutcomes } from '#shared/model/run.ts'
import type { Value } from '#shared/model/value.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { conflictProcedures } from './conflict-procedures.ts'

const rows = ['email', 'limit'].map((field) => ({ to: field, from: field }))
const definition = {
  id: 'both',
  name: 'Both',
  pattern: 'two-way',
  source: { connection: 'list', object: 'rows' },
  destination: { connection: 'crm', object: 'contact' },
  mapping: rows,
  back: { mapping: rows },
}

/** One record whose limit both sides changed. */
function waiting(left: Value, right: Value) {
  const store = openStore({ folder: tempFolder(), nowMs: () => 0 })
  const [sourceStream, destinationStream] = [store.streams.idOf('list', 'rows'), store.streams.idOf('crm', 'contact')]
  const route = { integrationId: 'both', integrationVersion: 1, sourceStream, destinationStream }
  store.definitions.save({
    kind: 'integration',
    id: 'both',
    body: JSON.stringify(definition),
    savedAt: '',
    savedBy: 'window',
  })
  store.runs.begin(route, { id: 'run', planId: null, startedAt: '' })
  const fields = ['limit']
  const unit = {
    name: 'limit',
    sourceFields: fields,
    destinationFields: fields,
    filledAtSource: fields,
    filledAtDestination: fields,
    ifSource: { limit: left },
    ifDestination: { limit: right },
    takesOwn: true,
  }
  const facts = { units: [unit], base: null, forward: {}, back: {}, newer: null, others: [] }
  const record = {
    source: { externalId: 'r', base: {}, text: '{}', hash: '00', version: null },
    reason: { code: 'conflict', message: '' },
    conflict: { source: { limit: left }, destination: { limit: right }, facts },
  }
  const progress = { position: { kind: 'start' }, readCount: 0, counts: noOutcomes, serverTime: null } as const
  store.journal.recordPage(route, 'run', { intents: [], agreements: [], records: [], failed: [record], progress })
  const handlers = conflictProcedures({
    store,
    now: () => 'now',
    publish: () => undefined,
    definitions: { saveIntegration: async () => ({ kind: 'integration', id: 'both', version: 2, isNew: true }) },
  })
  const decide = async (choices: UnitChoices, seen = { source: { limit: left }, destination: { limit: right } }) => {
    const input = { record: { integrationId: 'both', side: 'source', externalId: 'r' } as const, choices, seen }
    await handlers['attention.decide-fields'](input, { signal: new AbortController().signal })
    return store.decisions.ofConflict(route, 'r')?.choices
  }
  return { decide }
}

describe('a decision by fields', () => {
  it('keeps a number a number, and text text', async () => {
    expect(await waiting(10, 20).decide({ limit: { take: 'own', value: ' 15.5 ' } })).toEqual({
      limit: { take: 'own', value: 15.5 },
    })
    expect(await waiting('10', '20').decide({ limit: { take: 'own', value: '015' } })).toEqual({
      limit: { take: 'own', value: '015' },
    })
  })

  it('is refused where a field is open, or a value is none', async () => {
    const { decide } = waiting(10, 20)
    await expect(decide({})).rejects.toMatchObject({ info: { code: 'choice-missing' } })
    for (const value of ['many', '', null, ['a']])
      await expect(decide({ limit: { take: 'own', value } })).rejects.toMatchObject({
        info: { code: 'own-value-invalid' },
      })
  })

  it('is refused where a run has read other values since', async () => {
    const seen = { source: { limit: 10 }, destination: { limit: 19 } }
    await expect(waiting(10, 20).decide({ limit: { take: 'source' } }, seen)).rejects.toMatchObject({
      info: { code: 'changed-meanwhile' },
    })
  })
})
