/**
 * Opens the window in the browser. The link is never part of a command line, which other users of the computer may
 * see: the browser is given a page that only this user may read, which leads on to the link and is deleted soon.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface BrowserOptions {
  readonly link: string
  /** A folder only this user may enter, and what names in it begin with. */
  readonly folder: string
  readonly tag: string
  readonly platform: NodeJS.Platform
  /** Starts a program and answers whether it could be started; default: really. */
  readonly run?: (program: string, args: readonly string[]) => Promise<boolean>
}

const deleteAfterMs = 60_000

/** Answers whether a browser could be started; whether it then shows the page, only the person sees. */
export async function openBrowser({ link, folder, tag, platform, run = start }: BrowserOptions): Promise<boolean> {
  const file = join(folder, `${tag}-${randomBytes(6).toString('hex')}.html`)
  writeFileSync(file, pageTo(link), { mode: 0o600, flag: 'wx' })
  setTimeout(() => rmSync(file, { force: true }), deleteAfterMs).unref()
  // Whoever ends before the minute is over leaves no page behind.
  process.once('exit', () => rmSync(file, { force: true }))
  const [program, ...args] = commandOf(platform, file)
  return run(program, args)
}

function commandOf(platform: NodeJS.Platform, file: string): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open', file]
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', file]
  return ['xdg-open', file]
}

/** The link holds only letters, digits and signs that mean nothing in HTML. */
function pageTo(link: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${link}"><title>Patchbay</title></head><body><p><a href="${link}">Open Patchbay</a></p></body></html>`
}

function start(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
