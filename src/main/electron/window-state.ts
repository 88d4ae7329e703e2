/** Where the window was last time: kept in a small file, used only where a screen still shows it. */
import { readFileSync, writeFileSync } from 'node:fs'

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowState extends Area {
  readonly isMaximized: boolean
}

/** So much of the window must lie on a screen for its title bar to be caught with the mouse. */
const visiblePart = 100

/** undefined: there is none, it cannot be read, or no screen shows the place. */
export function readWindowState(file: string, screens: readonly Area[]): WindowState | undefined {
  try {
    const state = stateOf(JSON.parse(readFileSync(file, 'utf8')))
    return state && screens.some((screen) => isSeen(state, screen)) ? state : undefined
  } catch {
    return undefined
  }
}

/** A window whose place cannot be kept is still a window: a full disk must not stop it from closing. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
  } catch {
    return
  }
}

function stateOf(value: unknown): WindowState | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { x, y, width, height, isMaximized } = value as Readonly<Record<string, unknown>> // Each part is checked below.
  if (!isWithin(x, -50_000, 50_000) || !isWithin(y, -50_000, 50_000)) return undefined
  if (!isWithin(width, 300, 20_000) || !isWithin(height, 300, 20_000)) return undefined
  return { x, y, width, height, isMaximized: isMaximized === true }
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
}

function isSeen(window: Area, screen: Area): boolean {
  const width = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  const isTopSeen = window.y >= screen.y && window.y <= screen.y + screen.height - visiblePart
  return width >= visiblePart && isTopSeen
}
