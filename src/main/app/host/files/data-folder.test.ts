import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { dataFolderOf, prepareDataFolder } from './data-folder.ts'
import { dataFolderTag, runtimeFolder } from './runtime-folder.ts'

describe('the place of the data folder', () => {
  const home = { HOME: '/home/ada' }
  const places = [
    { env: home, platform: 'linux', expected: '/home/ada/.local/share/patchbay' },
    { env: { ...home, XDG_DATA_HOME: '/data' }, platform: 'linux', expected: '/data/patchbay' },
    { env: { ...home, XDG_DATA_HOME: 'data' }, platform: 'linux', expected: '/home/ada/.local/share/patchbay' },
    { env: { ...home, XDG_DATA_HOME: '' }, platform: 'linux', expected: '/home/ada/.local/share/patchbay' },
    { env: home, platform: 'darwin', expected: '/home/ada/Library/Application Support/Patchbay' },
    {
      env: { LOCALAPPDATA: 'C:\\Users\\Ada\\AppData\\Local' },
      platform: 'win32',
      expected: 'C:\\Users\\Ada\\AppData\\Local\\Patchbay',
    },
    { env: { ...home, PATCHBAY_DATA: '/named' }, platform: 'linux', expected: '/named' },
    { env: { ...home, PATCHBAY_DATA: '/named' }, platform: 'linux', flag: '/flag', expected: '/flag' },
    { env: home, platform: 'linux', flag: 'here', expected: resolve('here') },
  ] as const
  for (const { env, platform, expected, ...more } of places) {
    it(`is ${expected} on ${platform} with ${JSON.stringify({ ...env, ...more })}`, () => {
      expect(dataFolderOf(env, platform, 'flag' in more ? more.flag : undefined)).toBe(expected)
    })
  }

  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    it(`has to be named where ${platform} tells none`, () => {
      expect(() => dataFolderOf({}, platform)).toThrow(expect.objectContaining({ code: 'no-home-folder' }))
    })
  }
})

describe('a data folder', () => {
  it('is made for this user only, and nothing stays in it', () => {
    const folder = join(tempFolder(), 'a', 'b')
    expect(prepareDataFolder(folder)).toEqual([])
    expect([statSync(folder).mode & 0o777, readdirSync(folder)]).toEqual([0o700, []])
  })

  it('that others may read is used with a remark', () => {
    const folder = tempFolder()
    chmodSync(folder, 0o755)
    expect(prepareDataFolder(folder, 'linux')).toEqual([expect.stringContaining('chmod 700')])
    expect(statSync(folder).mode & 0o777).toBe(0o755)
  })

  for (const part of [
    'OneDrive',
    'OneDrive - Ada Ltd',
    'Dropbox',
    'Dropbox (Ada)',
    'Mobile Documents',
    'iCloudDrive',
    'Google Drive',
    'CloudStorage',
  ]) {
    it(`inside ${part} is used with a remark`, () => {
      expect(prepareDataFolder(join(tempFolder(), part, 'patchbay'))).toEqual([
        expect.stringContaining('can damage the database'),
      ])
    })
  }

  for (const part of ['dropbox-invoices-old', 'MyOneDriveBackup', 'boxes']) {
    it(`inside ${part} is used without one`, () => {
      expect(prepareDataFolder(join(tempFolder(), part))).toEqual([])
    })
  }

  it('that is a file, or lies below one, is refused in words', () => {
    const file = join(tempFolder(), 'file')
    writeFileSync(file, '')
    for (const folder of [file, join(file, 'below')]) {
      expect(() => prepareDataFolder(folder)).toThrow(expect.objectContaining({ code: 'data-folder-not-usable' }))
    }
  })

  it.runIf(process.platform === 'linux')('where nothing can be made is refused in words', () => {
    // /proc takes no folders, whoever asks: tests may run as administrator.
    for (const folder of ['/proc/patchbay', '/proc/patchbay/data']) {
      expect(() => prepareDataFolder(folder)).toThrow(expect.objectContaining({ code: 'data-folder-not-usable' }))
    }
  })
})

describe('the folder for sockets', () => {
  it('is the private one of the system', () => {
    const parent = join(tempFolder(), 'run')
    mkdirSync(parent, { mode: 0o700 })
    expect(runtimeFolder({ XDG_RUNTIME_DIR: parent })).toBe(join(parent, 'patchbay'))
  })

  it('is not one that others can change', () => {
    const parent = join(tempFolder(), 'run')
    mkdirSync(parent, { mode: 0o700 })
    mkdirSync(join(parent, 'patchbay'))
    chmodSync(join(parent, 'patchbay'), 0o777)
    expect(() => runtimeFolder({ XDG_RUNTIME_DIR: parent })).toThrow(
      expect.objectContaining({ code: 'runtime-folder-not-private' }),
    )
  })

  it('leaves room for a socket name, wherever the data lies', () => {
    const open = join(tempFolder(), 'run')
    mkdirSync(open)
    chmodSync(open, 0o755)
    const folder = runtimeFolder({ XDG_RUNTIME_DIR: open })
    expect(folder).not.toContain(open)
    expect(join(folder, `${dataFolderTag(tempFolder())}-0123456789ab.sock`).length).toBeLessThan(100)
  })
})
