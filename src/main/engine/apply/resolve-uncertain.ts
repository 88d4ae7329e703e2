/**
 * Finds out what became of writes whose answer never came, by what the destination offers (its write class).
 * Nothing is ever sent again on a guess: what cannot be found out waits for a person.
 */
import type { ErrorInfo } from '#shared/errors.ts'
import { assertNever } from '#shared/errors.ts'
import type { ConnectedObject, RemoteRecord } from '#shared/model/connected.ts'
import type { Value, Values } from '#shared/model/value.ts'
import { isSameValue } from '../diff.ts'
import { normalKey } from '../match.ts'
import type { Clock } from '../ports/surroundings.ts'
import type { Intent } from '../ports/sync-store.ts'

export type Verdict =
  | { readonly kind: 'happened'; readonly externalId: string; readonly version: string | null }
  /** The service answers the same request the same way: send it again, unchanged. */
  | { readonly kind: 'send-again' }
  /** The destination holds something else by now: plan the record anew. */
  | { readonly kind: 'plan-again' }
  | { readonly kind: 'hold'; readonly error: ErrorInfo }

export interface ResolveContext {
  readonly destination: ConnectedObject
  readonly clock: Clock
  readonly signal: AbortSignal
  /**
   * When the latest of these writes became uncertain: its answer failed, or a run took it up. It was sent before that;
   * the time in the journal is of no use here, since a write may wait long between its entry and its departure.
   */
  readonly sinceMs: number
}

/** Share of an idempotency key's life time after which it is no longer trusted. */
const trustedKeyShare = 0.8
/** A service without a declared processing time may still be working this long after the request. */
const defaultSettleMs = 60_000

/** Verdicts for uncertain intents of one destination, in order. Waits for the settle time; throws AppError when the service cannot be read. */
export async function resolveUncertain(
  intents: readonly Intent[],
  context: ResolveContext,
): Promise<readonly Verdict[]> {
  await waitUntilSettled(intents, context)
  const found = await findAll(intents, context)
  const verdicts: Verdict[] = []
  for (const intent of intents) verdicts.push(await resolveOne(intent, found, context))
  return verdicts
}

async function resolveOne(intent: Intent, found: FoundRecords, context: ResolveContext): Promise<Verdict> {
  switch (intent.writeClass) {
    case 'K':
      return byKey(intent, found, context)
    case 'U':
      return { kind: 'send-again' }
    case 'C':
      return byReading(intent, context)
    case 'F':
    case 'S':
      return byLookUp(intent, found)
    case 'N':
      return hold(intent)
    default:
      return assertNever(intent.writeClass, 'write class')
  }
}

/**
 * The key keeps our own request single, not what somebody else made meanwhile: another leg, or a person. So what is
 * there by now is looked for first; where nothing is, the same request goes out once more.
 */
function byKey(intent: Intent, found: FoundRecords, context: ResolveContext): Verdict {
  if (!isKeyTrusted(intent, context)) return byLookUp(intent, found)
  return (found.get(intent)?.length ?? 0) === 0 ? { kind: 'send-again' } : byLookUp(intent, found)
}

function isKeyTrusted(intent: Intent, context: ResolveContext): boolean {
  const ttlMs = context.destination.description.writes[intent.operation]?.keyTtlMs ?? 0
  return context.clock.now() - intent.firstSentAtMs < ttlMs * trustedKeyShare
}

type FoundRecords = ReadonlyMap<Intent, readonly RemoteRecord[]>

/** Looks up all intents that need it: one request per field for the whole group. */
async function findAll(intents: readonly Intent[], context: ResolveContext): Promise<FoundRecords> {
  const needed = intents.filter(needsLookUp)
  const found = new Map<Intent, readonly RemoteRecord[]>()
  if (needed.length === 0 || !context.destination.find) return found
  for (const [field, group] of Map.groupBy(needed, (intent) => intent.facts.findBy?.field ?? '')) {
    const values = group.map((intent) => intent.facts.findBy?.value ?? '')
    const records = await findSettled(field, values, group, context)
    for (const intent of group) {
      found.set(
        intent,
        records.filter((record) => normalKey(record.values[field]) === intent.facts.findBy?.value),
      )
    }
  }
  return found
}

/** An index that lags (class S) is asked twice, one lag apart; what either answer shows counts. */
async function findSettled(
  field: string,
  values: readonly string[],
  group: readonly Intent[],
  context: ResolveContext,
) {
  const find = context.destination.find
  if (!find) return []
  const first = await find(field, values, context.signal)
  const lagging = group.find((intent) => intent.writeClass === 'S')
  if (!lagging) return first
  await context.clock.sleep(settleMsOf(lagging, context), context.signal)
  const second = await find(field, values, context.signal)
  return [...new Map([...first, ...second].map((record) => [record.externalId, record])).values()]
}

function needsLookUp({ facts, writeClass }: Intent): boolean {
  return facts.findBy !== null && (writeClass === 'F' || writeClass === 'S' || writeClass === 'K')
}

/** A key that is trusted makes sending again safe whenever it is: nothing has to have come to rest. */
function dependsOnLookUp(intent: Intent, context: ResolveContext): boolean {
  return needsLookUp(intent) && (intent.writeClass !== 'K' || !isKeyTrusted(intent, context))
}

/**
 * What is still being worked on can be found neither as done nor as not done. And it would overwrite what is written
 * after it: so upserts, and updates that name no version, wait too where the service declares how long it may take.
 */
async function waitUntilSettled(intents: readonly Intent[], context: ResolveContext): Promise<void> {
  const settleMs = Math.max(0, ...intents.map((intent) => settleMsOf(intent, context)))
  const waitMs = context.sinceMs + settleMs - context.clock.now()
  if (waitMs > 0) await context.clock.sleep(waitMs, context.signal)
}

function settleMsOf(intent: Intent, context: ResolveContext): number {
  const declaredMs = context.destination.description.writes[intent.operation]?.settleMs
  if (dependsOnLookUp(intent, context)) return declaredMs ?? defaultSettleMs
  const mayOverwrite = intent.writeClass === 'U' || (intent.writeClass === 'C' && intent.facts.version === null)
  return mayOverwrite ? (declaredMs ?? 0) : 0
}

function byLookUp(intent: Intent, found: FoundRecords): Verdict {
  const records = found.get(intent)
  if (!records) return hold(intent)
  const [record, ...others] = records
  if (!record) return { kind: 'send-again' }
  if (others.length > 0) return hold(intent)
  if (!holds(record.values, intent.facts.after)) return { kind: 'plan-again' }
  return { kind: 'happened', externalId: record.externalId, version: record.version ?? null }
}

/** An update or delete: the record itself tells whether it took place. */
async function byReading(intent: Intent, context: ResolveContext): Promise<Verdict> {
  const { destination, signal } = context
  if (!destination.get || intent.destinationId === null) return { kind: 'send-again' }
  const record = await destination.get(intent.destinationId, signal)
  if (!record)
    return intent.operation === 'delete'
      ? { kind: 'happened', externalId: intent.destinationId, version: null }
      : { kind: 'plan-again' }
  if (intent.operation === 'delete') return { kind: 'send-again' }
  if (holds(record.values, intent.facts.after))
    return { kind: 'happened', externalId: record.externalId, version: record.version ?? null }
  const isUntouched = intent.facts.version !== null && record.version === intent.facts.version
  return { kind: isUntouched ? 'send-again' : 'plan-again' }
}

function holds(actual: Values, intended: Values): boolean {
  return Object.entries(intended).every(([field, value]: [string, Value]) => isSameValue(actual[field], value))
}

function hold(intent: Intent): Verdict {
  const error: ErrorInfo = {
    kind: 'conflict',
    code: 'write-uncertain',
    message: `It is not certain whether "${intent.facts.label}" was written: the answer never came and the service offers no way to look.`,
    kept: 'It was sent at most once and is not sent again by itself.',
    next: 'Look at the destination. Most such writes did arrive. Then confirm or repeat it.',
  }
  return { kind: 'hold', error }
}
