/** Walking an object in tests: bounded, so that an endless connector fails instead of hanging the suite. */
import { strict as assert } from 'node:assert'
import type { ReadPage, RemoteRecord } from '#shared/model/connected.ts'
import type { Value, Values } from '#shared/model/value.ts'
import type { CheckContext } from './contract-types.ts'

export interface Walk {
  readonly pages: readonly ReadPage[]
  readonly records: readonly RemoteRecord[]
}

/** A signal nobody aborts. */
export function quietSignal(): AbortSignal {
  return new AbortController().signal
}

/** Reads to the end. Fails on more than `maxPages` pages and on a token that comes back. */
export async function walk(context: CheckContext, from: { pageToken?: string; since?: string } = {}): Promise<Walk> {
  const { object, contract, options } = context
  assert.ok(object.read, `${contract.name} cannot be read, so it cannot be walked`)
  const maxPages = options.maxPages ?? 1000
  const pages: ReadPage[] = []
  const tokens = new Set<string>()
  const size = contract.pageSize === undefined ? {} : { pageSize: contract.pageSize }
  for await (const page of object.read({ ...from, ...size, signal: quietSignal() })) {
    pages.push(page)
    assert.ok(pages.length <= maxPages, `the walk over ${contract.name} does not end (more than ${maxPages} pages)`)
    if (page.next === undefined) continue
    assert.ok(!tokens.has(page.next), `the walk over ${contract.name} gives the token ${page.next} twice`)
    tokens.add(page.next)
  }
  return { pages, records: pages.flatMap((page) => page.records) }
}

/** Fields of `expected` that are compared: all but the volatile ones. */
export function comparedFields(context: CheckContext, expected: Values): string[] {
  const skipped = new Set(context.contract.volatileFields ?? [])
  return Object.keys(expected).filter((field) => !skipped.has(field))
}

/** True where every compared field of `expected` has that value in `actual`. */
function carriesValues(context: CheckContext, actual: Values, expected: Values): boolean {
  return comparedFields(context, expected).every((field) => isSameValue(actual[field], expected[field]))
}

/** Records of the whole object that carry these values: by a walk, or by `find` where it cannot be read. */
export async function recordsWith(context: CheckContext, expected: Values): Promise<readonly RemoteRecord[]> {
  const { object, contract } = context
  if (object.read) return (await walk(context)).records.filter((r) => carriesValues(context, r.values, expected))
  const field = object.description.keys.find((key) => typeof expected[key] === 'string')
  assert.ok(object.find && field, `${contract.name} can be neither read nor found: its write class cannot be verified`)
  return await object.find(field, [String(expected[field])], quietSignal())
}

/** The record as the service shows it now, or null: by `get`, otherwise by a walk. */
export async function currentRecord(context: CheckContext, externalId: string): Promise<RemoteRecord | null> {
  if (context.object.get) return await context.object.get(externalId, quietSignal())
  const { records } = await walk(context)
  return records.find((record) => record.externalId === externalId) ?? null
}

/** Deep equality of values; key order does not count. */
export function isSameValue(left: Value | undefined, right: Value | undefined): boolean {
  try {
    assert.deepStrictEqual(left, right)
    return true
  } catch {
    return false
  }
}
