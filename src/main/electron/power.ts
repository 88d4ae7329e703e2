/** What the computer tells of its sleep and its end goes to the core; while a run writes, the computer is kept awake. */
import { powerMonitor, powerSaveBlocker } from 'electron'
import type { PowerState } from '#main/rpc/core-port.ts'

export interface PowerActions {
  readonly tellPower: (state: PowerState) => void
  readonly quit: () => void
}

/** An unlocked screen counts as waking up: some systems do not tell more. */
export function listenToPower({ tellPower, quit }: PowerActions): void {
  powerMonitor.on('suspend', () => tellPower('suspend'))
  powerMonitor.on('resume', () => tellPower('resume'))
  powerMonitor.on('unlock-screen', () => tellPower('resume'))
  // On Linux the system waits a little (https://www.electronjs.org/docs/latest/api/power-monitor, read 2026-11);
  // where it does not, the journal takes up what was cut off.
  powerMonitor.on('shutdown', () => quit())
}

/** Answers how to say whether something runs. Only sleep by itself is held off: a person who closes the lid wins. */
export function createSleepGuard(): (isBusy: boolean) => void {
  let blocker: number | null = null
  return (isBusy) => {
    if (isBusy && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension')
    if (isBusy || blocker === null) return
    powerSaveBlocker.stop(blocker)
    blocker = null
  }
}
