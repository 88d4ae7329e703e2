/**
 * Finds the browser for the browser tests: a named one, an installed one, or Playwright's own. Nothing is downloaded
 * here; on Debian `npm test` installs the package before (debian-packages.ts).
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { posix, win32 } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

interface BrowserSearch {
  readonly platform: NodeJS.Platform
  readonly env: Environment
  readonly exists: (path: string) => boolean
  /** Where Playwright would keep its own browser; it need not be there. */
  readonly playwrightChromium: () => string
}

const thisComputer: BrowserSearch = {
  platform: process.platform,
  env: process.env,
  exists: existsSync,
  playwrightChromium: () => playwright().chromium.executablePath(),
}

/** Loaded late: most machines never come this far. */
function playwright(): typeof import('@playwright/test') {
  return createRequire(import.meta.url)('@playwright/test')
}

/**
 * The path of a Chromium (Chrome, Edge). PATCHBAY_CHROMIUM comes first and must exist, because a wrong name there
 * must not quietly test another browser.
 * @throws {Error} with what was looked for and how to get one
 */
export function findChromium(search: BrowserSearch = thisComputer): string {
  const named = search.env.PATCHBAY_CHROMIUM
  if (named) {
    if (search.exists(named)) return named
    throw new Error(`PATCHBAY_CHROMIUM names ${named}, which does not exist.`)
  }
  const places = [...installedPlaces(search), search.playwrightChromium()]
  const found = places.find((place) => place !== '' && search.exists(place))
  if (found !== undefined) return found
  throw new Error(
    'No browser for the browser tests was found. Install Chromium, Chrome or Edge, or run "npx playwright install chromium", ' +
      'or set PATCHBAY_CHROMIUM to the program. Looked in:\n  ' +
      places.join('\n  '),
  )
}

function installedPlaces({ platform, env }: BrowserSearch): string[] {
  if (platform === 'win32') return windowsPlaces(env)
  if (platform === 'darwin') return macPlaces(env)
  return [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/microsoft-edge-stable',
    '/usr/bin/microsoft-edge',
    // Last: on Ubuntu this is a door to the snap package, which can not reach every folder.
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
  ]
}

function windowsPlaces(env: Environment): string[] {
  const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined)
  const programs = [
    'Google\\Chrome\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
    'Chromium\\Application\\chrome.exe',
  ]
  return programs.flatMap((program) => roots.map((root) => win32.join(root, program)))
}

function macPlaces(env: Environment): string[] {
  const folders = ['/Applications', posix.join(env.HOME ?? '/', 'Applications')]
  const programs = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `${name}.app/Contents/MacOS/${name}`)
  return programs.flatMap((program) => folders.map((folder) => posix.join(folder, program)))
}
