/** The vault: secrets at places, sealed with a data key that only the keychain, a passphrase or a recovery code opens. */
import { AppError, errorInfoOf } from '#shared/errors.ts'
import { makeInTurn } from './in-turn.ts'
import { type KeyState, makeKeyState } from './key-state.ts'
import { seal, unseal } from './sealed.ts'
import { setUpKeys } from './set-up.ts'
import { openByItself, unlock } from './unlock.ts'
import { secretNotStorable, secretUnreadable, shutText, stateOf } from './vault-texts.ts'
import type { Place, Vault, VaultOptions, VaultStatus } from './vault-types.ts'
import { type Inside, makeWaysIn } from './ways-in.ts'

const longestSecretBytes = 1_000_000

/** Opens nothing by itself: the keychain is asked when the first call needs it, so the start of the app never waits for it. */
export function openVault(options: VaultOptions): Vault {
  const keys = makeKeyState(options)
  const inTurn = makeInTurn()
  const inside: Inside = { keys, options, inTurn, ready: () => readyKeys(inside) }
  const { rows } = options
  return {
    status: () => statusAfter(inside, async () => undefined),
    checkKeychain: () => inTurn(() => checkKeychain(options)),
    setUp: (choice) =>
      statusAfter(inside, async () => {
        if (choice?.passphrase !== undefined) options.redactor?.learn(choice.passphrase)
        await inTurn(() => setUpKeys(choice?.passphrase, keys, options))
      }),
    unlock: (how) => statusAfter(inside, () => inTurn(() => unlock(how, keys, options))),
    lock: () => {
      if (!keys.isEmpty()) keys.shut('locked-by-person')
    },
    setSecret: (place, value) => setSecret(place, value, inside),
    readSecret: (place) => readSecret(place, inside),
    hasSecret: ({ scope, name }) => rows.secret(scope, name) !== null,
    removeSecret: ({ scope, name }) => rows.removeSecret(scope, name),
    listNames: (scope) => rows.secretNames(scope),
    forgetAllSecrets: () => inTurn(async () => forgetAllSecrets(inside)),
    ...makeWaysIn(inside),
  }
}

/** Waits in turn only when the keychain has to be tried: who asks while a person types a password gets an answer at once. */
async function readyKeys({ keys, options, inTurn }: Inside): Promise<void> {
  if (!keys.isSettled()) await inTurn(() => openByItself(keys, options))
}

async function statusAfter({ keys, options, ready }: Inside, step: () => Promise<void>): Promise<VaultStatus> {
  await step()
  await ready()
  const state = keys.now()
  const rest = { waysIn: keys.waysIn(), secretCount: options.rows.countSecrets() }
  if (state.kind === 'open') return { state: 'open', reason: null, message: 'The vault is open.', next: null, ...rest }
  if (state.kind === 'not-tried')
    return { state: 'empty', reason: null, message: 'No secret has been stored yet.', next: null, ...rest }
  const { reason } = state
  return { state: stateOf(reason, rest.waysIn), reason, ...shutText(reason, rest.waysIn), ...rest }
}

async function checkKeychain({ keychain }: VaultOptions): Promise<{ message: string; next: string | null } | null> {
  try {
    await keychain.probe()
    return null
  } catch (thrown) {
    const { message, next } = errorInfoOf(thrown)
    return { message, next: next ?? null }
  }
}

async function setSecret(place: Place, value: string, { keys, options, inTurn, ready }: Inside): Promise<void> {
  checkStorable(place, value)
  options.redactor?.learn(value)
  if (keys.isEmpty()) await inTurn(() => setUpUnlessThere(keys, options))
  await ready()
  const { id, bytes } = keys.dataKey()
  const clear = Buffer.from(value)
  const blob = seal(clear, { key: bytes, place: [place.scope, place.name, id] }, options.random)
  clear.fill(0)
  options.rows.putSecret({ scope: place.scope, name: place.name, blob })
}

/** Several first secrets may be stored at once, here or in another process: whoever is first makes the key. */
async function setUpUnlessThere(keys: KeyState, options: VaultOptions): Promise<void> {
  if (!keys.isEmpty()) return
  try {
    await setUpKeys(undefined, keys, options)
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'vault-already-set-up') throw thrown
  }
}

function checkStorable(place: Place, value: string): void {
  if (place.scope === '' || place.name === '')
    throw new AppError({ kind: 'bug', code: 'secret-without-place', message: 'A secret was stored without a place.' })
  if (value === '') throw secretNotStorable(place, 'it is empty')
  if (!value.isWellFormed()) throw secretNotStorable(place, 'it holds broken characters')
  if (Buffer.byteLength(value) > longestSecretBytes) throw secretNotStorable(place, 'it is longer than a megabyte')
}

async function readSecret(place: Place, { keys, options, ready }: Inside): Promise<string | null> {
  const blob = options.rows.secret(place.scope, place.name)
  if (blob === null) return null
  await ready()
  const { id, bytes } = keys.dataKey()
  const clear = unseal(blob, { key: bytes, place: [place.scope, place.name, id] })
  if (clear === null) throw secretUnreadable(place)
  const value = clear.toString()
  clear.fill(0)
  options.redactor?.learn(value)
  return value
}

function forgetAllSecrets({ keys, options }: Inside): { secretCount: number } {
  const secretCount = options.rows.countSecrets()
  options.rows.forgetAll()
  keys.forget()
  options.log?.('all stored secrets were forgotten', { secretCount })
  return { secretCount }
}
