import { describe, expect, it } from 'vitest'
import type { ObjectDescription } from '#shared/model/object.ts'
import { type FieldPlaces, refuseGoneFields, type UsedFields } from './refuse-gone-fields.ts'

function described(names: readonly string[], parts: Partial<ObjectDescription> = {}): ObjectDescription {
  return {
    name: 'customers',
    label: 'customers.csv',
    idField: 'id',
    fields: names.map((name) => ({ name, type: 'text' })),
    keys: [],
    changes: { kind: 'full' },
    writes: {},
    ...parts,
  }
}

function codeOf(used: Partial<UsedFields>, places: Partial<FieldPlaces> = {}): string | undefined {
  try {
    refuseGoneFields(
      { read: [], written: [], ...used },
      {
        sourceName: 'Customer list',
        destinationName: 'CRM',
        source: described(['email', 'address', 'total.net']),
        destination: described(['email', 'place']),
        ...places,
      },
    )
    return undefined
  } catch (thrown) {
    const { info } = thrown as { info: { code: string; details: { fields: string } } }
    return `${info.code}: ${info.details.fields}`
  }
}

describe('fields that are gone', () => {
  const cases: readonly [string, Partial<UsedFields>, string | undefined][] = [
    ['all there', { read: ['email'], written: ['email'] }, undefined],
    ['a path into one that is there', { read: ['address.city', 'address'], written: ['place.city'] }, undefined],
    ['a name with a dot, registered with its beginning', { read: ['total.net', 'total'] }, undefined],
    ['gone at the source', { read: ['email', 'Postcode', 'Phone'] }, 'source-field-gone: Postcode, Phone'],
    ['a path into one that is gone', { read: ['company.name'] }, 'source-field-gone: company.name'],
    ['gone at the destination', { written: ['email', 'fax'] }, 'destination-field-gone: fax'],
    ['in other letters', { read: ['Email'] }, 'source-field-gone: Email'],
  ]
  it.each(cases)('%s', (_, used, code) => {
    expect(codeOf(used)).toBe(code)
  })

  it('are not guessed where a description is not complete', () => {
    const source = described(['email'], { hasOtherFields: true })
    expect([
      codeOf({ read: ['other'] }, { source }),
      codeOf({ written: ['x'] }, { destination: described([]) }),
    ]).toEqual([undefined, undefined])
  })
})
