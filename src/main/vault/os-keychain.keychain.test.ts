/**
 * The vault against real keychains: gnome-keyring over D-Bus, unlocked, locked and waiting for a person; no bus, a deaf
 * bus, a bus without the service. Every step runs in a process of its own, as starts of the app do.
 */
import { describe, expect, test } from 'vitest'
import { howToGet, missingPrograms } from '#test/support/debian-packages.ts'
import {
  type Environment,
  keyringPrograms,
  runActor,
  runScript,
  startDeafBus,
  startEmptyBus,
  startKeyring,
  withoutBus,
} from '#test/support/keychain/keyring-session.ts'
import type { Step, StepResult } from '#test/support/keychain/vault-actor.ts'
import { openRows } from '#test/support/keychain/vault-on-disk.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

const script = (name: string): string => new URL(`../../../test/support/keychain/${name}`, import.meta.url).pathname

async function run(env: Environment, folder: string, ...steps: Step[]): Promise<readonly StepResult[]> {
  return (await runActor(env, { folder, installId: 'test-install', timeoutMs: 10_000, steps })).results
}

const setKey: Step = { do: 'set', name: 'key', value: 'sk_live_marked' }
const readKey: Step = { do: 'read', name: 'key' }
const status: Step = { do: 'status' }
const isOpen = { value: expect.objectContaining({ state: 'open' }) }

function isShut(state: 'locked' | 'unavailable', reason: string): StepResult {
  return { value: expect.objectContaining({ state, reason, next: expect.any(String) }) }
}

/** Slots and ciphertext: nothing may change them but what was asked for. */
function rowsOf(folder: string): unknown {
  const { rows, close } = openRows(folder)
  const content = { slots: rows.slots(), names: rows.secretNames('connection:shop'), count: rows.countSecrets() }
  close()
  return content
}

if (process.platform === 'linux') describe('the keyring of a Linux desktop', keyringTests)
else
  test('the tests against a real keyring run on Linux only', () => {
    process.stderr.write(`Not run on ${process.platform}: the tests against a real keyring.\n`)
  })

function keyringTests(): void {
  test('has its programs here', () => {
    const missing = missingPrograms(keyringPrograms)
    expect(missing, howToGet(['dbus-daemon', 'gnome-keyring-daemon'])).toEqual([])
  })

  test('an unlocked keyring sets the vault up without a question, and opens it at the next start of everything', async () => {
    const folder = tempFolder()
    const first = await startKeyring(folder, 'unlocked')
    expect(await run(first, folder, status, { do: 'check' }, setKey, readKey)).toEqual([
      { value: expect.objectContaining({ state: 'empty' }) },
      { value: null },
      { value: null },
      { value: 'sk_live_marked' },
    ])
    expect(await run(first, folder, readKey, status)).toEqual([{ value: 'sk_live_marked' }, isOpen])
    const afterNextLogin = await startKeyring(folder, 'unlocked')
    expect(await run(afterNextLogin, folder, readKey)).toEqual([{ value: 'sk_live_marked' }])
  })

  test('a locked keyring leaves the vault locked, within the time limit, and nothing changed', async () => {
    const folder = tempFolder()
    await run(await startKeyring(folder, 'unlocked'), folder, setKey)
    const before = rowsOf(folder)
    const locked = await startKeyring(folder, 'locked')
    expect(await run(locked, folder, status, readKey, { do: 'set', name: 'other', value: 'new-value' })).toEqual([
      isShut('locked', 'keychain-refused'),
      { error: expect.objectContaining({ code: 'vault-locked' }) },
      { error: expect.objectContaining({ code: 'vault-locked' }) },
    ])
    expect(rowsOf(folder)).toEqual(before)
  })

  test('a prompt that nobody answers ends at the time limit, and so does the process that asked', async () => {
    const folder = tempFolder()
    await run(await startKeyring(folder, 'unlocked'), folder, setKey)
    const prompting = await startKeyring(folder, 'prompting')
    const plan = { folder, installId: 'test-install', timeoutMs: 600, steps: [status] }
    const { results, durationMs } = await runActor(prompting, plan)
    expect(results).toEqual([isShut('locked', 'keychain-timeout')])
    expect(durationMs).toBeLessThan(10_000)
  })

  test('a bus that never answers ends at the time limit', async () => {
    const folder = tempFolder()
    await run(await startKeyring(folder, 'unlocked'), folder, setKey)
    const plan = { folder, installId: 'test-install', timeoutMs: 600, steps: [status] }
    const { results } = await runActor(await startDeafBus(folder), plan)
    expect(results[0]).toEqual(isShut('locked', 'keychain-timeout'))
  })

  test('twin: without the process of its own, that read outlives its own limit by far', async () => {
    const deaf = await startDeafBus(tempFolder())
    const end = await runScript(script('read-in-process.ts'), deaf, '', 1500)
    expect(end.signal).toBe('SIGKILL')
  })

  test('without a bus, an existing vault is unavailable and keeps its secrets for the next session', async () => {
    const folder = tempFolder()
    const session = await startKeyring(folder, 'unlocked')
    await run(session, folder, setKey)
    const before = rowsOf(folder)
    expect(await run(withoutBus(folder), folder, status, readKey, { do: 'setUp' })).toEqual([
      isShut('unavailable', 'keychain-unreachable'),
      { error: expect.objectContaining({ code: 'vault-unavailable' }) },
      { error: expect.objectContaining({ code: 'vault-already-set-up' }) },
    ])
    expect(rowsOf(folder)).toEqual(before)
    expect(await run(session, folder, readKey)).toEqual([{ value: 'sk_live_marked' }])
  })

  test('without a bus, a new vault asks for a passphrase and lives with it', async () => {
    const folder = tempFolder()
    const env = withoutBus(folder)
    const passphrase = 'four words of mine'
    expect(await run(env, folder, setKey, { do: 'setUp', passphrase }, setKey)).toEqual([
      { error: expect.objectContaining({ code: 'vault-needs-passphrase', reason: 'keychain-unreachable' }) },
      isOpen,
      { value: null },
    ])
    expect(await run(env, folder, readKey, { do: 'unlock', with: { passphrase } }, readKey)).toEqual([
      { error: expect.objectContaining({ code: 'vault-locked' }) },
      isOpen,
      { value: 'sk_live_marked' },
    ])
  })

  test('twin: without the pin, the library calls the missing bus "no key", which would be an invitation to make one', async () => {
    const end = await runScript(script('unpinned-read.ts'), withoutBus(tempFolder()))
    expect(end.output).toBe('null')
  })

  test('a bus without a Secret Service asks for a passphrase too', async () => {
    const folder = tempFolder()
    expect(await run(await startEmptyBus(folder), folder, setKey)).toEqual([
      { error: expect.objectContaining({ code: 'vault-needs-passphrase', reason: 'keychain-unreachable' }) },
    ])
  })

  test('a locked keyring of a new vault makes nothing and asks for a passphrase', async () => {
    const folder = tempFolder()
    const none = rowsOf(folder)
    const locked = await startKeyring(folder, 'locked')
    expect(await run(locked, folder, setKey)).toEqual([
      { error: expect.objectContaining({ code: 'vault-needs-passphrase', reason: 'keychain-refused' }) },
    ])
    expect(rowsOf(folder)).toEqual(none)
  })

  test('a key that was deleted from the keyring locks the vault; the recovery code opens it and puts the key back', async () => {
    const folder = tempFolder()
    const session = await startKeyring(folder, 'unlocked')
    const [, code] = await run(session, folder, setKey, { do: 'code' }, { do: 'removeKeychainKey' })
    const recoveryCode = code !== undefined && 'value' in code ? String(code.value) : ''
    const before = rowsOf(folder)
    expect(await run(session, folder, readKey, { do: 'set', name: 'other', value: 'new-value' }, status)).toEqual([
      { error: expect.objectContaining({ code: 'vault-locked' }) },
      { error: expect.objectContaining({ code: 'vault-locked' }) },
      isShut('locked', 'keychain-key-missing'),
    ])
    expect(rowsOf(folder)).toEqual(before)
    const unlock: Step = { do: 'unlock', with: { recoveryCode } }
    expect(await run(session, folder, unlock, { do: 'remember' })).toEqual([isOpen, { value: null }])
    expect(await run(session, folder, readKey)).toEqual([{ value: 'sk_live_marked' }])
  })

  test('a kill between the key in the keyring and the slot leaves a vault that sets itself up at the next start', async () => {
    const folder = tempFolder()
    const session = await startKeyring(folder, 'unlocked')
    const plan = { folder, installId: 'test-install', timeoutMs: 10_000, steps: [{ do: 'crashBeforeSlots' } as const] }
    expect((await runActor(session, plan)).signal).toBe('SIGKILL')
    expect(await run(session, folder, status, setKey)).toEqual([
      { value: expect.objectContaining({ state: 'empty' }) },
      { value: null },
    ])
    expect(await run(session, folder, readKey)).toEqual([{ value: 'sk_live_marked' }])
  })

  test('four processes that store a first secret at once end with one key that opens all of them', async () => {
    const folder = tempFolder()
    const session = await startKeyring(folder, 'unlocked')
    const names = ['a', 'b', 'c', 'd']
    expect(rowsOf(folder)).toMatchObject({ slots: [], count: 0 })
    const ends = await Promise.all(
      names.map((name) => run(session, folder, { do: 'set', name, value: `value-of-${name}` })),
    )
    expect(ends).toEqual(names.map(() => [{ value: null }]))
    const reads = await run(session, folder, ...names.map((name): Step => ({ do: 'read', name })))
    expect(reads).toEqual(names.map((name) => ({ value: `value-of-${name}` })))
  })

  test('a copy of the data folder with the same installation gets the same key, and the original stays readable', async () => {
    const [folder, copy] = [tempFolder(), tempFolder()]
    const session = await startKeyring(folder, 'unlocked')
    await run(session, folder, setKey)
    expect(await run(session, copy, setKey, readKey)).toEqual([{ value: null }, { value: 'sk_live_marked' }])
    expect(await run(session, folder, readKey)).toEqual([{ value: 'sk_live_marked' }])
  })
}
