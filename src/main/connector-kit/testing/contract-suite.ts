/**
 * The contract suite: what the engine may rely on, proven for one connector against a running service.
 *
 *   connectorContract({ name: 'acme', open, seed, secrets: ['tok_123'], faults,
 *     objects: [{ name: 'customer', minRecords: 5, pageSize: 2, draft: (n) => ({ ... }), change: (n) => ({ ... }) }] })
 *
 * `contractChecks` gives the same checks without a test runner, so that the suite itself can be tested.
 */
import { strict as assert } from 'node:assert'
import { describe, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { classChecks } from './contract-classes.ts'
import { faultChecks } from './contract-faults.ts'
import { describeChecks, readChecks } from './contract-reads.ts'
import type { ContractCheck, ContractOptions, ObjectCheck, ObjectContract } from './contract-types.ts'
import { quietSignal } from './contract-walk.ts'
import { writeChecks } from './contract-writes.ts'

export type { ContractCheck, ContractFault, ContractOptions, FaultHook, ObjectContract } from './contract-types.ts'

const objectChecks: Readonly<Record<string, ObjectCheck>> = {
  ...describeChecks,
  ...readChecks,
  ...writeChecks,
  ...classChecks,
  ...faultChecks,
}

/** All checks of a connector, not yet run. Each opens and closes its own connection; `seed` runs once before the first. */
export function contractChecks(options: ContractOptions): readonly ContractCheck[] {
  let seeding: Promise<void> | undefined
  let lastNumber = 0
  const nextNumber = (): number => {
    lastNumber += 1
    return lastNumber
  }
  const prepare = async (): Promise<void> => {
    seeding ??= options.seed?.() ?? Promise.resolve()
    await seeding
  }
  const ofObject = (contract: ObjectContract): ContractCheck[] =>
    Object.entries(objectChecks).map(([name, check]) => ({
      name: `${contract.name} ${name}`,
      run: async () => {
        await prepare()
        await runCheck(check, { options, contract, nextNumber })
      },
    }))
  const ofConnection = { name: 'refuses an object it does not have', run: () => refusesUnknown(options, prepare) }
  return [ofConnection, ...options.objects.flatMap(ofObject)]
}

interface CheckRun {
  readonly options: ContractOptions
  readonly contract: ObjectContract
  readonly nextNumber: () => number
}

async function runCheck(check: ObjectCheck, { options, contract, nextNumber }: CheckRun): Promise<void> {
  const connection = await options.open()
  try {
    const object = await connection.object(contract.name, quietSignal())
    const isReadCheck = Object.values(readChecks).includes(check)
    if (isReadCheck && !object.read) return
    await check({ options, contract, connection, object, nextNumber })
  } finally {
    await connection.close()
  }
}

async function refusesUnknown(options: ContractOptions, prepare: () => Promise<void>): Promise<void> {
  await prepare()
  const connection = await options.open()
  try {
    const asking = connection.object('no-such-object-7f3a', quietSignal())
    await assert.rejects(asking, (thrown) => thrown instanceof AppError && thrown.code === 'unknown-object')
    const { account } = await connection.test(quietSignal())
    assert.ok(account.length > 0, 'test() does not say whose account it is')
  } finally {
    await connection.close()
  }
}

/** Registers the checks as tests. Call it once, at the top of `<connector>.contract.test.ts`. */
export function connectorContract(options: ContractOptions): void {
  describe(`${options.name} keeps the connector contract`, () => {
    for (const check of contractChecks(options)) test(check.name, check.run)
  })
}
