import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { withKeychainSession } from '../../scripts/lib/keychain-session.mjs'
import { missingPrograms } from '../support/debian-packages.ts'

const store = `const { Entry } = require('@napi-rs/keyring')
  const entry = new Entry('patchbay-session-test', 'me'); entry.setPassword('kept'); console.log(entry.getPassword())`

// Without the two programs the keychain tests themselves fail and say what to install; here there is nothing to look at.
describe.runIf(missingPrograms(['dbus-daemon', 'gnome-keyring-daemon']).length === 0)('withKeychainSession', () => {
  it('offers an unlocked keyring of its own and takes everything away', async () => {
    let folder = ''
    const text = await withKeychainSession(async (env) => {
      folder = env.XDG_RUNTIME_DIR ?? ''
      return spawnSync(process.execPath, ['-e', store], { env, encoding: 'utf8' }).stdout
    })
    expect(text).toBe('kept\n')
    expect(existsSync(folder)).toBe(false)
  })
})
