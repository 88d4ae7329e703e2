/** Passphrase files, with real owners and modes. */
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { passphraseSource, readPassphraseFile } from './passphrase-file.ts'

const isPosix = process.platform !== 'win32'

function fileWith(content: string | Buffer, mode = 0o600): string {
  const path = join(tempFolder(), 'passphrase')
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

const code = (expected: string): object => ({ info: { kind: 'config', code: expected } })

describe('where a passphrase comes from', () => {
  test('is the named file, then the credential of systemd, then nowhere', () => {
    const folder = join(tempFolder(), 'credentials')
    const both = { PATCHBAY_PASSPHRASE_FILE: 'p.txt', CREDENTIALS_DIRECTORY: folder }
    expect(passphraseSource(both)).toEqual({ kind: 'file', path: 'p.txt' })
    const credential = { kind: 'systemd-credential', path: join(folder, 'patchbay-passphrase') }
    expect(passphraseSource({ CREDENTIALS_DIRECTORY: folder, PATCHBAY_PASSPHRASE_FILE: '' })).toEqual(credential)
    expect(passphraseSource({ CREDENTIALS_DIRECTORY: 'relative' })).toBeNull()
    expect(passphraseSource({})).toBeNull()
  })
})

describe('a passphrase file', () => {
  test.each([
    ['four words of mine\n', 'four words of mine'],
    ['four words of mine\r\n', 'four words of mine'],
    [' spaces count ', ' spaces count '],
  ])('gives its one line without the line break (case %#)', async (content, expected) => {
    expect(await readPassphraseFile({ kind: 'file', path: fileWith(content) })).toBe(expected)
  })

  test.each(['', '\n', 'two\nlines', Buffer.from([0xff, 0xfe, 0x00]), 'x'.repeat(5000)])(
    'is refused when it holds no passphrase (case %#)',
    async (content) => {
      const reading = readPassphraseFile({ kind: 'file', path: fileWith(content) })
      await expect(reading).rejects.toMatchObject(code('passphrase-file-unusable'))
    },
  )

  test('is refused when it is missing or a folder', async () => {
    const folder = tempFolder()
    const missing = readPassphraseFile({ kind: 'file', path: join(folder, 'none') })
    await expect(missing).rejects.toMatchObject(code('passphrase-file-missing'))
    await expect(readPassphraseFile({ kind: 'file', path: folder })).rejects.toMatchObject(
      code('passphrase-file-unusable'),
    )
  })

  if (isPosix)
    test.each([0o640, 0o604, 0o660, 0o644, 0o602])('is refused when others may touch it: mode %o', async (mode) => {
      const reading = readPassphraseFile({ kind: 'file', path: fileWith('four words of mine', mode) })
      await expect(reading).rejects.toMatchObject(code('passphrase-file-open-to-others'))
    })

  if (isPosix)
    test('is judged by the file a link leads to', async () => {
      const link = join(tempFolder(), 'link')
      symlinkSync(fileWith('four words of mine', 0o644), link)
      const reading = readPassphraseFile({ kind: 'file', path: link })
      await expect(reading).rejects.toMatchObject(code('passphrase-file-open-to-others'))
    })

  // Only root can give a file away.
  if (process.getuid?.() === 0)
    test('is refused when it belongs to another user', async () => {
      const path = fileWith('four words of mine')
      chownSync(path, 12_345, 12_345)
      await expect(readPassphraseFile({ kind: 'file', path })).rejects.toMatchObject(
        code('passphrase-file-open-to-others'),
      )
    })
})

describe('a credential of systemd', () => {
  test('is read without a look at its mode, and null when the service was given none', async () => {
    const folder = join(tempFolder(), 'credentials')
    mkdirSync(folder)
    const path = join(folder, 'patchbay-passphrase')
    expect(await readPassphraseFile({ kind: 'systemd-credential', path })).toBeNull()
    writeFileSync(path, 'four words of mine\n', { mode: 0o440 })
    expect(await readPassphraseFile({ kind: 'systemd-credential', path })).toBe('four words of mine')
  })
})
