/** Files that only this user may read, and that are never seen half written. */
import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

export function writePrivateFile(path: string, text: string): void {
  const own = `${path}.${randomUUID()}`
  try {
    writeFileSync(own, text, { mode: 0o600, flag: 'wx' })
    renameSync(own, path)
  } catch (thrown) {
    rmSync(own, { force: true })
    throw thrown
  }
}

/** The text, or undefined where there is no such file or it may not be read. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** The code of a system error ('ENOENT'), or '' for anything else. */
export function systemCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
}
