/** Passphrase, recovery code and this computer's keychain as ways into the same vault. */
import { describe, expect, test } from 'vitest'
import { memoryKeychain } from '#test/support/keychain/memory-keychain.ts'
import { type VaultOnDisk, vaultOnDisk } from '#test/support/keychain/vault-on-disk.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { defaultScryptCost, keyFromPassphrase } from './passphrase.ts'
import { makeRecoveryCode, readRecoveryCode } from './recovery-code.ts'

const place = { scope: 'connection:shop', name: 'api-key' }
const passphrase = 'four words of mine'

async function filled(): Promise<VaultOnDisk & { readonly folder: string }> {
  const folder = tempFolder()
  const opened = vaultOnDisk(folder)
  await opened.vault.setSecret(place, 'sk_live_1')
  return { ...opened, folder }
}

const code = (expected: string): object => ({ info: { code: expected } })

describe('a passphrase', () => {
  test('opens the vault on a computer whose keychain has no key, and no secret is written anew for it', async () => {
    const { vault, rows, close, folder } = await filled()
    const blob = rows.secret(place.scope, place.name)
    await vault.addPassphrase(passphrase)
    await vault.changePassphrase({ current: passphrase, next: 'another four words' })
    expect(rows.secret(place.scope, place.name)).toEqual(blob)
    close()
    const elsewhere = vaultOnDisk(folder, memoryKeychain()).vault
    await expect(elsewhere.unlock({ passphrase })).rejects.toMatchObject(code('vault-wrong-passphrase'))
    expect(await elsewhere.status()).toMatchObject({ state: 'locked', waysIn: ['keychain', 'passphrase'] })
    expect(await elsewhere.unlock({ passphrase: 'another four words' })).toMatchObject({ state: 'open' })
    expect(await elsewhere.readSecret(place)).toBe('sk_live_1')
  })

  test('is the same whether accents are composed or not', async () => {
    const { vault } = await filled()
    await vault.addPassphrase('zw\u00f6lf Boxk\u00e4mpfer')
    vault.lock()
    expect(await vault.unlock({ passphrase: 'zwo\u0308lf Boxka\u0308mpfer' })).toMatchObject({ state: 'open' })
  })

  test('is refused when it is too short, when there is one, and when the current one is wrong', async () => {
    const { vault, rows } = await filled()
    await expect(vault.addPassphrase('short')).rejects.toMatchObject(code('vault-passphrase-too-short'))
    await expect(vault.addPassphrase('x'.repeat(1025))).rejects.toMatchObject(code('vault-passphrase-too-long'))
    await vault.addPassphrase(passphrase)
    const slots = rows.slots()
    await expect(vault.addPassphrase(passphrase)).rejects.toMatchObject(code('vault-passphrase-exists'))
    const change = { current: 'not the passphrase', next: 'another four words' }
    await expect(vault.changePassphrase(change)).rejects.toMatchObject(code('vault-wrong-passphrase'))
    expect(rows.slots()).toEqual(slots)
  })

  test('is removed only while something else is known to open the vault', async () => {
    const { vault, keychain } = await filled()
    await vault.addPassphrase(passphrase)
    keychain.failWith('keychain-unreachable')
    await expect(vault.removePassphrase()).rejects.toMatchObject(code('vault-last-way-in'))
    keychain.failWith(null)
    await vault.removePassphrase()
    expect(await vault.status()).toMatchObject({ waysIn: ['keychain'] })
  })

  test('does not come to be when the vault is locked while its slow function runs', async () => {
    const { vault, rows } = await filled()
    const adding = vault.addPassphrase(passphrase)
    await vault.status()
    vault.lock()
    await expect(adding).rejects.toMatchObject(code('vault-locked'))
    expect(rows.slots()).toHaveLength(1)
  })

  test.each([
    ['a cheaper cost', { cost: { n: 512, r: 8, p: 1 } }, 'vault-wrong-passphrase'],
    ['a cost that would take all memory', { cost: { n: 2 ** 30, r: 8, p: 1 } }, 'vault-no-such-way-in'],
    ['another kind', { kind: 'recovery' }, 'vault-no-such-way-in'],
    ['another time', { createdAt: '2020-01-01T00:00:00.000Z' }, 'vault-wrong-passphrase'],
    ['another check value', { kcv: 'AAAAAAAAAAA' }, 'vault-wrong-passphrase'],
  ])('does not open a slot that was given %s', async (_what, change, expected) => {
    const { vault, rows } = await filled()
    await vault.addPassphrase(passphrase)
    const slot = rows.slots().find((row) => row.id === 'passphrase')
    const body = JSON.stringify({ ...JSON.parse(slot?.body ?? ''), ...change })
    rows.putSlot({ id: 'passphrase', kind: 'passphrase', body })
    vault.lock()
    await expect(vault.unlock({ passphrase })).rejects.toMatchObject(code(expected))
    expect(await vault.unlock({ keychain: true })).toMatchObject({ state: 'open' })
  })

  test('costs what the design says: 128 MiB, off the event loop', async () => {
    let ticks = 0
    const timer = setInterval(() => (ticks += 1), 5)
    const key = await keyFromPassphrase(passphrase, Buffer.alloc(16, 1), defaultScryptCost)
    clearInterval(timer)
    expect(defaultScryptCost).toEqual({ n: 131_072, r: 8, p: 1 })
    expect([key.length, ticks > 5]).toEqual([32, true])
  })
})

describe('a recovery code', () => {
  test('opens the vault however it is typed; a new one ends the one before', async () => {
    const { vault } = await filled()
    const old = await vault.createRecoveryCode()
    const recoveryCode = await vault.createRecoveryCode()
    vault.lock()
    await expect(vault.unlock({ recoveryCode: old })).rejects.toMatchObject(code('vault-wrong-recovery-code'))
    await expect(vault.unlock({ recoveryCode: 'nonsense' })).rejects.toMatchObject(code('vault-wrong-recovery-code'))
    const typed = ` ${recoveryCode.toLowerCase().replaceAll('-', ' \u2013 ').replaceAll('0', 'o').replaceAll('1', 'l')} `
    expect(await vault.unlock({ recoveryCode: typed })).toMatchObject({ state: 'open' })
    expect(await vault.readSecret(place)).toBe('sk_live_1')
  })

  test('has 160 bits in eight groups of four, none of them easy to confuse', () => {
    expect(makeRecoveryCode((size) => Buffer.alloc(size, 0xff))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ')
    const bytes = (size: number): Buffer => Buffer.from(Array.from({ length: size }, (_, n) => n))
    expect(makeRecoveryCode(bytes)).toBe('000G-40R4-0M30-E209-185G-R38E-1W81-24GK')
    expect(readRecoveryCode('U'.repeat(32))).toBeNull()
  })

  test('brings a restored backup to another computer, which opens by itself from then on', async () => {
    const { vault, close, folder } = await filled()
    const recoveryCode = await vault.createRecoveryCode()
    close()
    const otherKeychain = memoryKeychain()
    const moved = vaultOnDisk(folder, otherKeychain)
    expect(await moved.vault.status()).toMatchObject({ state: 'locked', reason: 'keychain-key-missing' })
    await moved.vault.unlock({ recoveryCode })
    await moved.vault.rememberOnThisComputer()
    moved.close()
    expect(await vaultOnDisk(folder, otherKeychain).vault.readSecret(place)).toBe('sk_live_1')
  })

  test('leaves the way in through the keychain as it was when remembering fails', async () => {
    const { vault, rows, keychain } = await filled()
    const slots = rows.slots()
    keychain.failWith('keychain-refused')
    await expect(vault.rememberOnThisComputer()).rejects.toMatchObject(code('keychain-refused'))
    expect(await vault.checkKeychain()).toMatchObject({ message: expect.stringContaining('locked') })
    expect(rows.slots()).toEqual(slots)
  })
})

describe('ways that were never set up', () => {
  test('are named as such, and an empty vault has nothing to unlock', async () => {
    const empty = vaultOnDisk(tempFolder()).vault
    await expect(empty.unlock({ passphrase })).rejects.toMatchObject(code('vault-empty'))
    await expect(empty.addPassphrase(passphrase)).rejects.toMatchObject(code('vault-empty'))
    const { vault } = await filled()
    await expect(vault.unlock({ passphrase })).rejects.toMatchObject(code('vault-no-such-way-in'))
    await expect(vault.unlock({ recoveryCode: 'x' })).rejects.toMatchObject(code('vault-no-such-way-in'))
    await expect(vault.removePassphrase()).rejects.toMatchObject(code('vault-no-such-way-in'))
    const change = { current: passphrase, next: passphrase }
    await expect(vault.changePassphrase(change)).rejects.toMatchObject(code('vault-no-such-way-in'))
  })
})
