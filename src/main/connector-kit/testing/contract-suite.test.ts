/** The suite passes a connection that keeps the contract, and fails each one that breaks it: a suite that cannot fail proves nothing. */
import { describe, expect, test } from 'vitest'
import { type ContractOptions, connectorContract, contractChecks } from './contract-suite.ts'
import { type Defect, type FakeOptions, makeFakeService } from './fake-connection.ts'

const secret = 'sk_live_5up3rs3cr3t'

function optionsFor(fake: FakeOptions): ContractOptions {
  const service = makeFakeService({ secret, ...fake })
  return {
    name: 'the fake connection',
    ...service,
    secrets: [secret],
    logged: () => [],
    maxPages: 50,
    objects: [
      {
        name: 'contact',
        minRecords: 5,
        pageSize: 2,
        refusesStaleVersion: true,
        draft: (n) => ({ name: `Person ${n}`, email: `person${n}@example.com` }),
        change: (n) => ({ name: `Renamed ${n}` }),
      },
    ],
  }
}

async function failures(fake: FakeOptions): Promise<string[]> {
  const failed: string[] = []
  for (const check of contractChecks(optionsFor(fake))) {
    await check.run().catch((thrown: unknown) => failed.push(`${check.name}: ${String(thrown)}`))
  }
  return failed
}

connectorContract(optionsFor({}))

describe('a sound connection of another class passes too', () => {
  test.each(['U', 'F', 'S', 'N'] as const)('class %s', async (createClass) => {
    expect(await failures({ createClass })).toEqual([])
  })
})

describe('a broken connection fails the suite', () => {
  const broken: readonly [Defect, RegExp][] = [
    ['duplicate-ids', /comes twice in one walk/],
    ['endless-pages', /does not end/],
    ['repeated-token', /twice/],
    ['ignores-keys', /same key sent twice gives two ids/],
    ['ignores-token', /does not give the rest/],
    ['undeclared-field', /undeclared field surprise/],
    ['wrong-type', /not a text/],
    ['lies-about-find', /find by email misses/],
    ['drops-a-value', /name of c\d+ is undefined/],
    ['clears-other-fields', /email of c\d+ is undefined/],
    ['ignores-version', /old version is refused/],
    ['leaks-secret', /secret stands in an error/],
    ['calls-5xx-rejected', /rejected, expected uncertain/],
    ['shuffles-batch', /instead of/],
  ]
  test.each(broken)('%s', async (defect, reason) => {
    expect((await failures({ defects: [defect] })).join('\n')).toMatch(reason)
  })

  test('a claimed class F whose find sees nothing', async () => {
    const failed = await failures({ createClass: 'F', defects: ['lies-about-find'] })
    expect(failed.join('\n')).toMatch(/gives 0 records after an unanswered create/)
  })

  test('a create of class C, which means nothing', async () => {
    expect((await failures({ createClass: 'C' })).join('\n')).toMatch(/create cannot be of class C/)
  })
})
