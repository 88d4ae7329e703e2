/**
 * Plants marked secrets, drives every path of the vault with them, the failing ones too, and searches everything that
 * was written or handed out: database file and its log, log lines, errors with causes and stacks, states, lists.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { memoryKeychain } from '#test/support/keychain/memory-keychain.ts'
import { type VaultOnDisk, vaultOnDisk } from '#test/support/keychain/vault-on-disk.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { formsOf } from './redacted-forms.ts'

const marks = {
  key: 'marked-key-5up3r/s3cr3t+1',
  token: 'marked-token-"quoted"-zwölf-2',
  passphrase: 'marked passphrase number three',
  next: 'marked passphrase number four',
  wrong: 'marked passphrase that is wrong',
}
const place = { scope: 'connection:shop', name: 'api-key' }
const other = { ...place, name: 'token' }

/** Everything anyone could see, but the one return value that is meant to be the secret. */
async function driveEverything(folder: string): Promise<{ readonly seen: string[]; readonly hidden: string[] }> {
  const seen: string[] = []
  const hidden: string[] = Object.values(marks)
  const note = async (step: Promise<unknown> | unknown): Promise<void> => {
    const result = await Promise.resolve(step).catch((thrown: unknown) => thrown)
    const details = result instanceof Error && 'info' in result ? JSON.stringify(result.info) : ''
    seen.push(`${inspect(result, { depth: 9 })} ${JSON.stringify(result)} ${details} ${errorText(result)}`)
  }
  const opened = vaultOnDisk(folder)
  const { vault, keychain, run, logged } = opened
  await note(vault.setSecret(place, marks.key))
  await note(vault.setSecret(other, marks.token))
  await note(vault.setSecret(place, `${marks.key}\ud800`))
  await vault.readSecret(place)
  await note(vault.addPassphrase(marks.passphrase))
  await note(vault.addPassphrase(marks.wrong))
  await note(vault.changePassphrase({ current: marks.wrong, next: marks.next }))
  await note(vault.changePassphrase({ current: marks.passphrase, next: marks.next }))
  const recoveryCode = await vault.createRecoveryCode()
  hidden.push(recoveryCode, recoveryCode.replaceAll('-', ''), keychain.content.key?.toString('base64url') ?? '')
  hidden.push(keychain.content.key?.toString('hex') ?? '')
  await note(vault.status())
  await note(vault.listNames(place.scope))
  await note([vault, keychain.calls, opened.rows.slots()])
  run(`update secret set blob = (select blob from secret where name = 'token') where name = 'api-key'`)
  await note(vault.readSecret(place))
  vault.lock()
  await note(vault.readSecret(other))
  await note(vault.unlock({ passphrase: marks.wrong }))
  await note(vault.unlock({ recoveryCode: `${recoveryCode}X` }))
  keychain.failWith('keychain-unreachable')
  await note(vault.unlock({ keychain: true }))
  await note(vault.unlock({ recoveryCode }))
  await note(vault.status())
  await driveElsewhere(folder, note, logged)
  seen.push(...logged, ...filesOf(folder))
  opened.close()
  seen.push(...filesOf(folder))
  return { seen, hidden }
}

/** The same data folder on a computer whose keychain knows nothing. */
async function driveElsewhere(folder: string, note: (step: unknown) => Promise<void>, log: string[]): Promise<void> {
  const { vault, close, logged }: VaultOnDisk = vaultOnDisk(folder, memoryKeychain())
  await note(vault.setSecret(place, marks.key))
  await note(vault.setUp({ passphrase: marks.passphrase }))
  await note(vault.unlock({ passphrase: marks.next }))
  await note(vault.rememberOnThisComputer())
  await note(vault.setSecret(place, marks.key))
  await note(vault.removePassphrase())
  log.push(...logged)
  close()
}

function errorText(result: unknown): string {
  if (!(result instanceof Error)) return ''
  return `${result.stack} ${inspect(result.cause, { depth: 9 })}`
}

function filesOf(folder: string): string[] {
  return readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'))
}

/** Where a secret stands in any shape; latin1 too, as files were read. */
function finds(seen: readonly string[], hidden: readonly string[]): string[] {
  const forms = hidden.flatMap(formsOf).flatMap((form) => [form, Buffer.from(form).toString('latin1')])
  return forms.filter((form) => seen.some((text) => text.includes(form)))
}

test('no secret stands in clear, or in any encoding, in anything that was written or handed out', async () => {
  const { seen, hidden } = await driveEverything(tempFolder())
  expect(seen.length).toBeGreaterThan(30)
  expect(hidden.every((text) => text.length > 10)).toBe(true)
  expect(seen.join('\n')).toContain('SQLite format 3')
  expect(finds(seen, hidden)).toEqual([])
})

test('twin: the search finds a secret that was written past the vault', async () => {
  const folder = tempFolder()
  const { run, close } = vaultOnDisk(folder)
  run(`insert into secret(scope, name, blob) values ('s', 'n', cast('${marks.token}' as blob))`)
  const found = finds(filesOf(folder), [marks.token])
  close()
  expect(found.length).toBeGreaterThan(0)
  expect(finds([`Basic ${Buffer.from(`me:${marks.key}`).toString('base64')}`], [marks.key]).length).toBeGreaterThan(0)
})

test('the redactor knows every secret, passphrase and code that passed', async () => {
  const { vault, redactor } = vaultOnDisk(tempFolder())
  await vault.setSecret(place, marks.key)
  await vault.addPassphrase(marks.passphrase)
  await vault.changePassphrase({ current: marks.passphrase, next: marks.next })
  const code = await vault.createRecoveryCode()
  const text = [marks.key, marks.passphrase, marks.next, code].join(' | ')
  expect(redactor.text(text)).toBe('[secret] | [secret] | [secret] | [secret]')
})
