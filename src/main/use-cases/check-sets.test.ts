import { describe, expect, it } from 'vitest'
import { type IntegrationDefinition, integrationDefinitionSchema } from '#shared/model/integration.ts'
import { complainAboutSets } from './check-sets.ts'

const orders = { connection: 'orders', object: 'rows' }
const crm = { connection: 'crm', object: 'contact' }
const fanOut = { set: 'new-orders', name: 'New orders', pattern: 'fan-out' } as const
const leads = { set: 'leads', name: 'Leads', pattern: 'aggregation' } as const

function leg(id: string, parts: object): IntegrationDefinition {
  return integrationDefinitionSchema.parse({
    id,
    name: id,
    source: orders,
    destination: crm,
    match: ['email'],
    mapping: [{ to: 'email', from: 'Email' }],
    ...parts,
  })
}

describe('a set', () => {
  it('is one source with several destinations, or several sources into one', () => {
    const legs = [
      leg('a', { legOf: fanOut }),
      leg('b', { legOf: fanOut, destination: { connection: 'books', object: 'customer' } }),
      leg('c', { legOf: leads, source: { connection: 'fair', object: 'rows' } }),
      leg('d', { legOf: leads, source: { connection: 'list', object: 'subscriber' } }),
      leg('e', {}),
    ]
    expect(complainAboutSets(legs)).toBeUndefined()
  })

  it.each([
    ['another source', leg('b', { legOf: fanOut, source: { connection: 'x', object: 'y' } }), /different sources/],
    ['another name', leg('b', { legOf: { ...fanOut, name: 'Orders' } }), /do not agree/],
    ['another pattern', leg('b', { legOf: { ...fanOut, pattern: 'aggregation' } }), /do not agree/],
    ['the same two ends', leg('b', { legOf: fanOut }), /same two places/],
    [
      'a way back',
      leg('b', { legOf: fanOut, pattern: 'two-way', back: { mapping: [{ to: 'Email', from: 'email' }] } }),
      /both ways/,
    ],
  ])('refuses a leg with %s', (_what, other, words) => {
    expect(complainAboutSets([leg('a', { legOf: fanOut }), other])).toMatchObject({
      id: 'b',
      message: expect.stringMatching(words),
    })
  })
})

describe('an aggregation', () => {
  const phone = { to: 'phone', from: 'Phone' }
  const email = { to: 'email', from: 'Email' }
  const fair = leg('fair', { legOf: leads, mapping: [email, phone], source: { connection: 'fair', object: 'rows' } })
  const listLeg = (write: object): IntegrationDefinition =>
    leg('list', {
      legOf: leads,
      mapping: [email, { ...phone, ...write }],
      source: { connection: 'list', object: 'rows' },
    })

  it('refuses a second owner of a field', () => {
    expect(complainAboutSets([fair, listLeg({})])).toMatchObject({ id: 'list', path: ['mapping', 1, 'to'] })
    expect(complainAboutSets([fair, listLeg({ write: 'when-not-empty' })])).toBeDefined()
  })

  it('lets others fill what is empty, and all fill the key by which they meet', () => {
    expect(complainAboutSets([fair, listLeg({ write: 'fill-empty' })])).toBeUndefined()
    expect(complainAboutSets([fair, listLeg({ write: 'on-create' })])).toBeUndefined()
  })
})
