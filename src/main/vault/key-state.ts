/** Holds the data key while the vault is open, and knows why it is shut. */
import { type DataKey, readSlots, type Slot, type SlotMaking } from './key-slots.ts'
import { refuse, shutError } from './vault-texts.ts'
import type { ShutReason, VaultOptions, WayIn } from './vault-types.ts'

type State =
  | { readonly kind: 'not-tried' }
  | { readonly kind: 'open'; readonly dataKey: DataKey }
  | { readonly kind: 'shut'; readonly reason: ShutReason }

export interface KeyState {
  readonly now: () => State
  readonly open: (dataKey: DataKey, how: WayIn) => void
  readonly shut: (reason: ShutReason) => void
  /** Forgets the key and every reason: the next call tries again. */
  readonly forget: () => void
  /** Nothing has to be tried: open with the key of the stored slots, shut for a reason, or empty. */
  readonly isSettled: () => boolean
  /** No slot and no secret at all: only then a key may be made. */
  readonly isEmpty: () => boolean
  /** The slots that can be read. */
  readonly slots: () => readonly Slot[]
  readonly waysIn: () => readonly WayIn[]
  /** Throws AppError `vault-locked`, `vault-unavailable` or `vault-empty`. */
  readonly dataKey: () => DataKey
  /** What a new slot of the open vault is made of; throws as `dataKey`. */
  readonly making: () => SlotMaking
}

export function makeKeyState({ rows, clock, random, log }: VaultOptions): KeyState {
  let state: State = { kind: 'not-tried' }
  const isEmpty = (): boolean => rows.slots().length === 0 && rows.countSecrets() === 0
  const slots = (): readonly Slot[] => readSlots(rows.slots())
  const waysIn = (): readonly WayIn[] => slots().map((slot) => slot.kind)

  function become(next: State): void {
    if (state.kind === 'open') state.dataKey.bytes.fill(0)
    state = next
  }
  function isSettled(): boolean {
    if (state.kind !== 'not-tried' && (isEmpty() || isStale(state, slots()))) become({ kind: 'not-tried' })
    return state.kind !== 'not-tried' || isEmpty()
  }
  function dataKey(): DataKey {
    if (state.kind === 'open') return state.dataKey
    if (state.kind === 'shut') throw shutError(state.reason, waysIn())
    throw refuse('vault-empty')
  }
  return {
    now: () => state,
    open: (opened, how) => {
      become({ kind: 'open', dataKey: opened })
      log?.('the vault is open', { how })
    },
    shut: (reason) => {
      become({ kind: 'shut', reason })
      log?.('the vault is shut', { reason })
    },
    forget: () => become({ kind: 'not-tried' }),
    isSettled,
    isEmpty,
    slots,
    waysIn,
    dataKey,
    making: () => ({ dataKey: dataKey(), createdAt: new Date(clock.now()).toISOString(), random }),
  }
}

/**
 * Rows may be exchanged while the app runs (a backup is restored): a key that other slots do not hold must seal
 * nothing more. Where no slot can be read at all, the key in memory is the last one, and is kept.
 */
function isStale(state: State, slots: readonly Slot[]): boolean {
  if (state.kind !== 'open' || slots.length === 0) return false
  return !slots.some((slot) => slot.dekId === state.dataKey.id)
}
