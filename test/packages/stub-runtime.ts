/** A folder that looks like Electron's own, with a program that does nothing: enough for electron-builder to pack an app around. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Between this mark and the end stand the fuses: https://github.com/electron/fuses (read 2026-11). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** Version 1, nine fuses as Electron ships them: '1' on, '0' off. */
const shipped = '\u0001\u0009' + '101100011'

export function makeStubRuntime(folder: string, version: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true })
  const program = Buffer.concat([readFileSync('/bin/true'), Buffer.from(`${sentinel}${shipped}`, 'latin1')])
  writeFileSync(join(folder, 'electron'), program, { mode: 0o755 })
  copyFileSync('/bin/true', join(folder, 'chrome-sandbox'))
  copyFileSync('/bin/true', join(folder, 'chrome_crashpad_handler'))
  for (const locale of ['en-US', 'de', 'fr']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '')
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'resources.pak']) writeFileSync(join(folder, file), '')
  writeFileSync(join(folder, 'version'), version)
}
