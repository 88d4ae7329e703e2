/**
 * Finds the destination record that an unlinked source record stands for, by natural key.
 * A small destination is read once into a scratch index; a large one is asked page by page with `find`.
 */
import { AppError } from '#shared/errors.ts'
import type { ConnectedObject, RemoteRecord } from '#shared/model/connected.ts'
import type { Value, Values } from '#shared/model/value.ts'
import type { ScratchIndex, ScratchRecord } from './ports/sync-store.ts'

/** Reading up to this many destination records is cheaper than looking each one up. */
const scanBudget = 5_000
/** So few look-ups are made with `find`, whatever the size of the destination. */
const fewLookUps = 10

export interface Matcher {
  /** Makes the index ready for these values: at most one request per page of source records. */
  readonly prepare: (wanted: readonly Values[], signal: AbortSignal) => Promise<void>
  /** Destination records with the same key, first key that is filled; keys are tried in the order of the integration. */
  readonly candidates: (values: Values) => Match
}

export type Match =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly record: ScratchRecord; readonly key: Key }
  | { readonly kind: 'several'; readonly records: readonly ScratchRecord[]; readonly key: Key }

export interface Key {
  readonly field: string
  readonly value: string
}

/** Text under which a key value is compared: trimmed, NFC, lower case; null for what cannot be a key. */
export function normalKey(value: Value | undefined): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return null
  const text = value.normalize('NFC').trim().toLowerCase()
  return text === '' ? null : text
}

/** The keys of mapped values that are filled, in the order of the integration. */
export function filledKeys(values: Values, fields: readonly string[]): readonly Key[] {
  const keys: Key[] = []
  for (const field of fields) {
    const value = normalKey(values[field])
    if (value !== null) keys.push({ field, value })
  }
  return keys
}

/** Makes a record findable by its keys. */
export function rememberKeys(scratch: ScratchIndex, record: RemoteRecord, fields: readonly string[]): void {
  for (const key of filledKeys(record.values, fields)) {
    scratch.put(key.field, key.value, {
      externalId: record.externalId,
      values: record.values,
      version: record.version ?? null,
    })
  }
}

/** `isKnown`: every record of the destination is in the index already. */
export function createMatcher(
  destination: ConnectedObject,
  fields: readonly string[],
  scratch: ScratchIndex,
  isKnown = false,
): Matcher {
  if (fields.length === 0) return { prepare: async () => undefined, candidates: () => ({ kind: 'none' }) }
  if (!isKnown) requireMeans(destination)
  const asked = new Set<string>()
  let isComplete = isKnown
  let isScanTried = false

  const remember = (record: RemoteRecord): void => rememberKeys(scratch, record, fields)

  const prepare = async (wanted: readonly Values[], signal: AbortSignal): Promise<void> => {
    if (isComplete || wanted.length === 0) return
    const open = wanted.flatMap((values) => filledKeys(values, fields)).filter((key) => !asked.has(keyText(key)))
    const canFind = destination.find !== undefined
    if (!canFind || (!isScanTried && destination.read && open.length > fewLookUps)) {
      isScanTried = true
      isComplete = await scan(destination, remember, canFind ? scanBudget : Number.POSITIVE_INFINITY, signal)
    }
    if (!isComplete) await lookUp(destination, open, remember, signal)
    for (const key of open) asked.add(keyText(key))
  }

  const candidates = (values: Values): Match => {
    for (const key of filledKeys(values, fields)) {
      const records = scratch.find(key.field, key.value)
      if (records.length > 1) return { kind: 'several', records, key }
      if (records[0]) return { kind: 'one', record: records[0], key }
    }
    return { kind: 'none' }
  }
  return { prepare, candidates }
}

function keyText(key: Key): string {
  return `${key.field}\u0000${key.value}`
}

function requireMeans(destination: ConnectedObject): void {
  if (destination.find || destination.read) return
  throw new AppError({
    kind: 'config',
    code: 'cannot-match',
    message: `Records of "${destination.description.label}" can neither be listed nor looked up, so existing ones cannot be matched.`,
    kept: 'Nothing was written.',
    next: 'Remove "match" from the integration, or configure a way to look records up.',
  })
}

async function scan(
  destination: ConnectedObject,
  remember: (record: RemoteRecord) => void,
  budget: number,
  signal: AbortSignal,
): Promise<boolean> {
  let count = 0
  for await (const page of destination.read?.({ signal }) ?? []) {
    for (const record of page.records) remember(record)
    count += page.records.length
    if (page.next === undefined) return true
    if (count >= budget) return false
  }
  return true
}

async function lookUp(
  destination: ConnectedObject,
  keys: readonly Key[],
  remember: (record: RemoteRecord) => void,
  signal: AbortSignal,
): Promise<void> {
  const byField = Map.groupBy(keys, (key) => key.field)
  for (const [field, group] of byField) {
    const values = [...new Set(group.map((key) => key.value))]
    for (const record of (await destination.find?.(field, values, signal)) ?? []) remember(record)
  }
}
