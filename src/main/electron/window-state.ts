/** Where the window was last time: kept in a small file, used only where a screen still shows it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const size = z.int().min(300).max(20_000)
const place = z.int().min(-50_000).max(50_000)
const stateSchema = z.object({ x: place, y: place, width: size, height: size, isMaximized: z.boolean() })

export type WindowState = z.infer<typeof stateSchema>
export type Area = Pick<WindowState, 'x' | 'y' | 'width' | 'height'>

/** So much of the window must lie on a screen for its title bar to be caught with the mouse. */
const visiblePart = 100

/** undefined: there is none, it cannot be read, or no screen shows the place. */
export function readWindowState(file: string, screens: readonly Area[]): WindowState | undefined {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    return screens.some((screen) => isSeen(state, screen)) ? state : undefined
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

function isSeen(window: Area, screen: Area): boolean {
  const width = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  const isTopSeen = window.y >= screen.y && window.y <= screen.y + screen.height - visiblePart
  return width >= visiblePart && isTopSeen
}
