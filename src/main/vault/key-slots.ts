/**
 * Key slots: each holds the same data key, wrapped by another key (keychain, passphrase, recovery code), as LUKS does.
 * So a passphrase changes without a secret being written anew. Everything in a slot is authenticated with the wrap: a
 * slot with a weakened cost, or one renamed to another kind, does not open.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { KeySlotRow } from '#main/engine/ports/secret-rows.ts'
import { keyFromPassphrase, type ScryptCost, scryptCostSchema } from './passphrase.ts'
import { keyFromRecoveryCode } from './recovery-code.ts'
import { seal, unseal } from './sealed.ts'
import type { WayIn } from './vault-types.ts'

/** The key that seals secrets. Its id is part of every seal. */
export interface DataKey {
  readonly id: string
  readonly bytes: Buffer
}

const base64 = z.string().regex(/^[A-Za-z0-9_-]+$/)
const common = { dekId: z.string().min(1), createdAt: z.string(), wrapped: base64, kcv: base64 }
const bodySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keychain'), ...common }),
  z.object({ kind: z.literal('passphrase'), ...common, salt: base64, cost: scryptCostSchema }),
  z.object({ kind: z.literal('recovery'), ...common, salt: base64 }),
])

export type Slot = z.infer<typeof bodySchema>
type Head =
  | { kind: 'keychain' }
  | { kind: 'passphrase'; salt: string; cost: ScryptCost }
  | { kind: 'recovery'; salt: string }

/** The slots that can be read. Damaged or unknown ones are left out here, and still count as slots for the store. */
export function readSlots(rows: readonly KeySlotRow[]): Slot[] {
  return rows.flatMap((row) => {
    const slot = slotOf(row)
    return slot === null ? [] : [slot]
  })
}

function slotOf(row: KeySlotRow): Slot | null {
  try {
    const parsed = bodySchema.safeParse(JSON.parse(row.body))
    return parsed.success && parsed.data.kind === row.kind && row.id === row.kind ? parsed.data : null
  } catch {
    return null
  }
}

/** There is one slot of each kind; its id is the kind. */
export function slotRow(slot: Slot): KeySlotRow {
  return { id: slot.kind, kind: slot.kind, body: JSON.stringify(slot) }
}

export interface SlotMaking {
  readonly dataKey: DataKey
  readonly createdAt: string
  readonly random: (sizeBytes: number) => Buffer
}

export function keychainSlot(kek: Buffer, making: SlotMaking): Slot {
  return wrap({ kind: 'keychain' }, kek, making)
}

/** The key is asked for after the slow function has run: the vault may have been locked meanwhile, and its key overwritten. */
export async function passphraseSlot(passphrase: string, cost: ScryptCost, making: () => SlotMaking): Promise<Slot> {
  const salt = making().random(16)
  const kek = await keyFromPassphrase(passphrase, salt, cost)
  try {
    return wrap({ kind: 'passphrase', salt: salt.toString('base64url'), cost }, kek, making())
  } finally {
    kek.fill(0)
  }
}

/** @param letters the code as `readRecoveryCode` gives it */
export function recoverySlot(letters: string, making: SlotMaking): Slot {
  const salt = making.random(16)
  const kek = keyFromRecoveryCode(letters, salt)
  try {
    return wrap({ kind: 'recovery', salt: salt.toString('base64url') }, kek, making)
  } finally {
    kek.fill(0)
  }
}

function wrap(head: Head, kek: Buffer, { dataKey, createdAt, random }: SlotMaking): Slot {
  const kcv = checkValue(dataKey.bytes).toString('base64url')
  const unwrapped = { ...head, dekId: dataKey.id, createdAt, kcv }
  const wrapped = seal(dataKey.bytes, { key: kek, place: slotPlace(unwrapped) }, random).toString('base64url')
  return { ...unwrapped, wrapped }
}

/** The data key, or null when the key does not fit or the slot was changed. */
export function unwrapSlot(slot: Slot, kek: Buffer): DataKey | null {
  const bytes = unseal(Buffer.from(slot.wrapped, 'base64url'), { key: kek, place: slotPlace(slot) })
  if (bytes === null) return null
  const expected = Buffer.from(slot.kcv, 'base64url')
  const actual = checkValue(bytes)
  if (bytes.length === 32 && expected.length === actual.length && timingSafeEqual(expected, actual))
    return { id: slot.dekId, bytes }
  bytes.fill(0)
  return null
}

export async function unwrapWithPassphrase(
  slot: Extract<Slot, { kind: 'passphrase' }>,
  passphrase: string,
): Promise<DataKey | null> {
  const kek = await keyFromPassphrase(passphrase, Buffer.from(slot.salt, 'base64url'), slot.cost)
  try {
    return unwrapSlot(slot, kek)
  } finally {
    kek.fill(0)
  }
}

export function unwrapWithRecoveryCode(slot: Extract<Slot, { kind: 'recovery' }>, letters: string): DataKey | null {
  const kek = keyFromRecoveryCode(letters, Buffer.from(slot.salt, 'base64url'))
  try {
    return unwrapSlot(slot, kek)
  } finally {
    kek.fill(0)
  }
}

/** The slot of a kind, if there is one. */
export function slotOfKind<Kind extends WayIn>(
  slots: readonly Slot[],
  kind: Kind,
): Extract<Slot, { kind: Kind }> | undefined {
  return slots.find((slot): slot is Extract<Slot, { kind: Kind }> => slot.kind === kind)
}

/** What the slot says about itself. Salt and cost need no place here: they make the key that opens it. */
function slotPlace({ kind, dekId, createdAt, kcv }: Omit<Slot, 'wrapped'>): readonly string[] {
  return ['key slot', kind, dekId, createdAt, kcv]
}

/** Tells whether a data key is the right one, without giving it away. */
function checkValue(key: Buffer): Buffer {
  return createHmac('sha256', key).update('patchbay kcv').digest().subarray(0, 8)
}
