/** Powers of Electron that stand in one file each, and those that stand in none. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../../src/main/electron', import.meta.url))
const sources = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)

/** The files that name it. */
function filesWith(power: RegExp, files = sources): readonly string[] {
  return files.filter(([, text]) => power.test(text)).map(([name]) => name)
}

const places: readonly (readonly [string, RegExp, readonly string[]])[] = [
  ['windows are made', /new (BrowserWindow|BaseWindow|WebContentsView|BrowserView)\b/, ['main-window.ts']],
  ['messages of pages arrive', /\bipcMain\.(on|once|handle|handleOnce)\(/, ['ipc.ts']],
  ['other programs are opened', /\bshell\./, ['open-outside.ts']],
  ['paths or folders are opened', /\b(openPath|showItemInFolder)\b/, []],
  ['processes are started', /\butilityProcess\.fork\(/, ['helper-host.ts', 'utility-core.ts']],
  ['schemes are served', /\bprotocol\.handle\(/, ['boot.ts']],
  ['permissions are given', /\bsetPermission\w+\(/, ['guard-session.ts']],
  ['certificates are judged', /certificate|select-client/i, []],
  ['scripts are put into pages', /\b(executeJavaScript|insertCSS|addScriptTag)\b/, []],
  ['something is sent to a crash server', /\bcrashReporter\b/, []],
  ['something is kept by safeStorage', /\bsafeStorage\b/, []],
  ['a page is loaded', /\bload(URL|File)\(/, ['main-window.ts']],
  ['files are written', /\bwriteFile(Sync)?\(/, ['desktop-calls.ts', 'window-state.ts']],
]

describe('a power of Electron', () => {
  for (const [what, power, files] of places) it(`where ${what}`, () => expect(filesWith(power)).toEqual(files))

  it('is found in a file where it does not belong', () => {
    const used =
      'new BrowserWindow() ipcMain.on( shell. openPath utilityProcess.fork( protocol.handle( setPermissionX( certificate executeJavaScript crashReporter safeStorage loadURL( writeFile('
    for (const [, power, files] of places)
      expect(filesWith(power, [...sources, ['other.ts', used]])).toEqual([...files, 'other.ts'])
  })
})

function manifestOf(): { devDependencies: { electron: string } } {
  // Our own package.json.
  return JSON.parse(readFileSync(join(folder, '../../../package.json'), 'utf8'))
}

describe('the version of Electron', () => {
  const exact = /^\d+\.\d+\.\d+$/
  /** The latest three majors get repairs: https://www.electronjs.org/docs/latest/tutorial/electron-timelines (read 2026-11). */
  const supported = [43, 44, 45]

  it('is exact, and one that gets repairs', () => {
    const { electron } = manifestOf().devDependencies
    expect(electron).toMatch(exact)
    expect(supported).toContain(Number(electron.split('.')[0]))
  })

  it('would be refused as a range', () => expect('^45.4.1').not.toMatch(exact))
})
