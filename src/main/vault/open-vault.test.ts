/** The vault on a real database file: its states, its secrets, and that it never makes a second key. */
import { describe, expect, test } from 'vitest'
import { memoryKeychain } from '#test/support/keychain/memory-keychain.ts'
import { vaultOnDisk } from '#test/support/keychain/vault-on-disk.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { keychainTroubles } from './key-backend.ts'

const place = { scope: 'connection:shop', name: 'api-key' }
const passphrase = 'four words of mine'

describe('an empty vault', () => {
  test('sets itself up with the first secret and opens by itself after a restart', async () => {
    const folder = tempFolder()
    const first = vaultOnDisk(folder)
    expect(await first.vault.status()).toMatchObject({ state: 'empty', reason: null, secretCount: 0, waysIn: [] })
    await first.vault.setSecret(place, 'sk_live_1')
    expect(await first.vault.status()).toMatchObject({ state: 'open', secretCount: 1, waysIn: ['keychain'] })
    first.close()
    const restarted = vaultOnDisk(folder, first.keychain)
    expect(await restarted.vault.readSecret(place)).toBe('sk_live_1')
  })

  test('asks nothing of the keychain until something needs it', () => {
    const { keychain, vault } = vaultOnDisk(tempFolder())
    expect(vault.hasSecret(place)).toBe(false)
    expect(vault.listNames(place.scope)).toEqual([])
    expect(keychain.calls).toEqual([])
  })

  test.each(keychainTroubles)(
    'asks for a passphrase when the keychain answers %s, and stores nothing',
    async (trouble) => {
      const { keychain, vault, rows } = vaultOnDisk(tempFolder())
      keychain.failWith(trouble)
      await expect(vault.setSecret(place, 'sk_live_1')).rejects.toMatchObject({
        info: {
          kind: 'config',
          code: 'vault-needs-passphrase',
          next: expect.any(String),
          details: { reason: trouble },
        },
      })
      expect([rows.slots(), rows.countSecrets(), keychain.calls]).toEqual([[], 0, ['probe']])
      const short = vault.setUp({ passphrase: 'short' })
      await expect(short).rejects.toMatchObject({ info: { code: 'vault-passphrase-too-short' } })
      expect(await vault.setUp({ passphrase })).toMatchObject({ state: 'open', waysIn: ['passphrase'] })
    },
  )

  test('makes one key when many first secrets come at once', async () => {
    const { vault, rows, keychain } = vaultOnDisk(tempFolder())
    const names = Array.from({ length: 20 }, (_, n) => `secret-${n}`)
    await Promise.all(names.map((name) => vault.setSecret({ scope: 's', name }, `value of ${name}`)))
    expect(rows.slots()).toHaveLength(1)
    expect(keychain.calls.filter((call) => call === 'keep')).toHaveLength(1)
    for (const name of names) expect(await vault.readSecret({ scope: 's', name })).toBe(`value of ${name}`)
  })

  test('uses a key again that was left in the keychain, since a copy of the data folder may need it', async () => {
    const original = vaultOnDisk(tempFolder())
    await original.vault.setSecret(place, 'of the original')
    const copy = vaultOnDisk(tempFolder(), original.keychain)
    await copy.vault.setSecret(place, 'of the copy')
    await copy.vault.forgetAllSecrets('delete-all-secrets')
    await copy.vault.setSecret(place, 'of the copy again')
    original.close()
    expect(await original.keychain.read()).not.toBeNull()
  })

  test('gives way when another process was quicker', async () => {
    const folder = tempFolder()
    const quicker = vaultOnDisk(folder)
    const slower = vaultOnDisk(folder, quicker.keychain)
    let isFirst = true
    quicker.keychain.before.call = async (operation) => {
      if (operation !== 'keep' || !isFirst) return
      isFirst = false
      await quicker.vault.setSecret(place, 'of the quicker')
    }
    await slower.vault.setSecret({ ...place, name: 'other' }, 'of the slower')
    expect(await slower.vault.readSecret(place)).toBe('of the quicker')
    expect(await quicker.vault.readSecret({ ...place, name: 'other' })).toBe('of the slower')
    expect(quicker.rows.slots()).toHaveLength(1)
  })

  test('takes its slots back when the key in the keychain was exchanged before anything was sealed', async () => {
    const { vault, keychain, rows } = vaultOnDisk(tempFolder())
    keychain.before.call = async (operation) => {
      if (operation === 'read') keychain.content.key = Buffer.alloc(32, 9)
    }
    await expect(vault.setUp({ passphrase })).rejects.toMatchObject({ info: { code: 'vault-changed-meanwhile' } })
    expect(rows.slots()).toEqual([])
  })
})

describe('a vault that was set up', () => {
  const shutCases = [
    ['answers that it has no key', null, 'locked', 'keychain-key-missing'],
    ['has the key of another vault', Buffer.alloc(32, 9), 'locked', 'keychain-key-differs'],
  ] as const
  test.each(shutCases)('makes no key when the keychain %s', async (_what, key, state, reason) => {
    const folder = tempFolder()
    const before = vaultOnDisk(folder)
    await before.vault.setSecret(place, 'sk_live_1')
    const slots = before.rows.slots()
    before.close()
    const { vault, keychain, rows } = vaultOnDisk(folder, memoryKeychain({ key }))
    expect(await vault.status()).toMatchObject({ state, reason, next: expect.any(String) })
    await expect(vault.setSecret(place, 'sk_live_2')).rejects.toMatchObject({ info: { code: 'vault-locked' } })
    await expect(vault.readSecret(place)).rejects.toMatchObject({ info: { code: 'vault-locked' } })
    await expect(vault.setUp({ passphrase })).rejects.toMatchObject({ info: { code: 'vault-already-set-up' } })
    await expect(vault.createRecoveryCode()).rejects.toMatchObject({ info: { code: 'vault-locked' } })
    expect(keychain.calls).toEqual(['read'])
    expect(rows.slots()).toEqual(slots)
  })

  test.each([
    ['keychain-unreachable', false, 'unavailable'],
    ['keychain-unreachable', true, 'locked'],
    ['keychain-refused', false, 'locked'],
    ['keychain-timeout', false, 'locked'],
    ['keychain-key-malformed', false, 'locked'],
  ] as const)(
    'with %s and a passphrase (%s) is %s, and opens when the keychain is back',
    async (trouble, hasPassphrase, state) => {
      const folder = tempFolder()
      const before = vaultOnDisk(folder)
      await before.vault.setSecret(place, 'sk_live_1')
      if (hasPassphrase) await before.vault.addPassphrase(passphrase)
      before.close()
      before.keychain.failWith(trouble)
      const { vault, keychain } = vaultOnDisk(folder, before.keychain)
      expect(await vault.status()).toMatchObject({ state, reason: trouble })
      await expect(vault.unlock({ keychain: true })).rejects.toMatchObject({ info: { details: { reason: trouble } } })
      if (hasPassphrase) {
        expect(await vault.unlock({ passphrase })).toMatchObject({ state: 'open' })
        vault.lock()
      }
      keychain.failWith(null)
      expect(await vault.unlock({ keychain: true, timeoutMs: 60_000 })).toMatchObject({ state: 'open' })
      expect(await vault.readSecret(place)).toBe('sk_live_1')
    },
  )

  test.each([
    ['gone', 'delete from key_slot', 0],
    ['damaged', `update key_slot set body = '{"kind":"keychain"'`, 1],
    ['of an unknown kind', `update key_slot set kind = 'future'`, 1],
  ])('is unavailable when its slots are %s, and stays as it is', async (_what, sql, slotCount) => {
    const folder = tempFolder()
    const before = vaultOnDisk(folder)
    await before.vault.setSecret(place, 'sk_live_1')
    before.run(sql)
    before.close()
    const { vault, rows } = vaultOnDisk(folder, before.keychain)
    expect(await vault.status()).toMatchObject({ state: 'unavailable', reason: 'keys-lost', secretCount: 1 })
    await expect(vault.setSecret(place, 'sk_live_2')).rejects.toMatchObject({ info: { code: 'vault-unavailable' } })
    await expect(vault.setUp({ passphrase })).rejects.toMatchObject({ info: { code: 'vault-already-set-up' } })
    expect([rows.slots().length, rows.countSecrets()]).toEqual([slotCount, 1])
  })

  test('is not empty while it has a damaged slot and no secret', async () => {
    const { vault, rows } = vaultOnDisk(tempFolder())
    rows.putSlot({ id: 'keychain', kind: 'keychain', body: 'damaged' })
    expect(await vault.status()).toMatchObject({ state: 'unavailable', reason: 'keys-lost', secretCount: 0 })
    await expect(vault.setSecret(place, 'sk_live_1')).rejects.toMatchObject({ info: { code: 'vault-unavailable' } })
  })

  test('starts anew only when told to forget everything', async () => {
    const folder = tempFolder()
    const before = vaultOnDisk(folder)
    await before.vault.setSecret(place, 'sk_live_1')
    before.close()
    const { vault } = vaultOnDisk(folder, memoryKeychain())
    expect(await vault.forgetAllSecrets('delete-all-secrets')).toEqual({ secretCount: 1 })
    expect(await vault.status()).toMatchObject({ state: 'empty' })
    await vault.setSecret(place, 'sk_live_2')
    expect(await vault.readSecret(place)).toBe('sk_live_2')
  })

  test('drops its key when other rows take the place of its own, and keeps it when they are all gone', async () => {
    const folder = tempFolder()
    const { vault, rows, keychain, run } = vaultOnDisk(folder)
    await vault.setSecret(place, 'of now')
    const backup = vaultOnDisk(tempFolder(), keychain)
    await backup.vault.setSecret(place, 'of the backup')
    const [slot] = backup.rows.slots()
    const blob = backup.rows.secret(place.scope, place.name)
    rows.forgetAll()
    rows.addFirstSlots(slot === undefined ? [] : [slot])
    rows.putSecret({ ...place, blob: blob ?? Buffer.alloc(0) })
    expect(await vault.readSecret(place)).toBe('of the backup')
    run('delete from key_slot')
    const code = await vault.createRecoveryCode()
    vault.lock()
    await vault.unlock({ recoveryCode: code })
    expect(await vault.readSecret(place)).toBe('of the backup')
  })

  test('answers who asks while a person is still typing the password of the keychain', async () => {
    const folder = tempFolder()
    const before = vaultOnDisk(folder)
    await before.vault.setSecret(place, 'sk_live_1')
    before.close()
    before.keychain.failWith('keychain-refused')
    const { vault, keychain } = vaultOnDisk(folder, before.keychain)
    expect(await vault.status()).toMatchObject({ state: 'locked' })
    keychain.failWith(null)
    let typed = (): void => undefined
    keychain.before.call = () => new Promise((resolve) => (typed = resolve))
    const unlocking = vault.unlock({ keychain: true })
    expect(await vault.status()).toMatchObject({ state: 'locked' })
    await expect(vault.readSecret(place)).rejects.toMatchObject({ info: { code: 'vault-locked' } })
    typed()
    expect(await unlocking).toMatchObject({ state: 'open' })
  })

  test('stays locked after a person locked it, and overwrites the key in memory', async () => {
    const drawn: Buffer[] = []
    const random = (size: number): Buffer => {
      const bytes = Buffer.alloc(size, drawn.length + 1)
      drawn.push(bytes)
      return bytes
    }
    const { vault } = vaultOnDisk(tempFolder(), memoryKeychain(), { random })
    await vault.setSecret(place, 'sk_live_1')
    const dataKey = drawn[1]
    expect(dataKey?.every((byte) => byte === 2)).toBe(true)
    vault.lock()
    expect(dataKey?.every((byte) => byte === 0)).toBe(true)
    expect(await vault.status()).toMatchObject({ state: 'locked', reason: 'locked-by-person' })
    await expect(vault.readSecret(place)).rejects.toMatchObject({ info: { code: 'vault-locked' } })
    expect(await vault.unlock({ keychain: true })).toMatchObject({ state: 'open' })
  })
})

describe('secrets', () => {
  test.each(['x', ' spaces around ', 'zwölf\n€ 🔑', '-----BEGIN KEY-----\r\nabc\r\n', 'a'.repeat(100_000), '\u0000'])(
    'come back exactly as they were given (case %#)',
    async (value) => {
      const { vault } = vaultOnDisk(tempFolder())
      await vault.setSecret(place, value)
      expect(await vault.readSecret(place)).toBe(value)
    },
  )

  test.each(['', '\ud800', 'a'.repeat(1_000_001)])(
    'are refused when they would not come back (case %#)',
    async (value) => {
      const { vault, rows } = vaultOnDisk(tempFolder())
      await expect(vault.setSecret(place, value)).rejects.toMatchObject({ info: { code: 'secret-not-storable' } })
      expect(rows.slots()).toEqual([])
    },
  )

  test('are listed by name, replaced and removed', async () => {
    const { vault } = vaultOnDisk(tempFolder())
    await vault.setSecret(place, 'one')
    await vault.setSecret(place, 'two')
    await vault.setSecret({ ...place, name: 'a-first' }, 'three')
    expect(vault.listNames(place.scope)).toEqual(['a-first', 'api-key'])
    expect([await vault.readSecret(place), vault.hasSecret(place)]).toEqual(['two', true])
    expect([vault.removeSecret(place), vault.removeSecret(place), vault.hasSecret(place)]).toEqual([true, false, false])
    expect(await vault.readSecret(place)).toBeNull()
  })

  test.each([
    [
      'swapped with another',
      `update secret set blob = (select blob from secret where name = 'other') where name = 'api-key'`,
    ],
    ['moved to another scope', `update secret set scope = 'connection:other-shop' where name = 'api-key'`],
    ['cut short', `update secret set blob = substr(blob, 1, 20) where name = 'api-key'`],
    ['emptied', `update secret set blob = x'' where name = 'api-key'`],
  ])('are refused when their row was %s, and the others stay readable', async (_what, sql) => {
    const { vault, run } = vaultOnDisk(tempFolder())
    await vault.setSecret(place, 'one')
    await vault.setSecret({ ...place, name: 'other' }, 'two')
    run(sql)
    const moved = vault.hasSecret(place) ? place : { ...place, scope: 'connection:other-shop' }
    await expect(vault.readSecret(moved)).rejects.toMatchObject({
      info: { kind: 'config', code: 'secret-unreadable', details: moved, next: expect.any(String) },
    })
    expect(await vault.readSecret({ ...place, name: 'other' })).toBe('two')
  })
})
