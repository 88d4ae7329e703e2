import { describe, expect, it } from 'vitest'
import { trayMenu } from './tray.ts'

const does: string[] = []
const note = (what: string) => (): void => void does.push(what)
const pause = { isPaused: () => false, pauseAll: note('pause'), resumeAll: note('resume'), onChange: () => undefined }
const actions = { show: note('show'), quit: note('quit'), pause }
const labels = (state: { trouble: string | null; isPaused: boolean }) =>
  trayMenu(state, actions).map(({ label, enabled }) => (enabled === false ? `(${label})` : (label ?? '-')))

describe('the menu of the tray', () => {
  it('offers to pause, or to go on', () => {
    expect(labels({ trouble: null, isPaused: false })).toEqual([
      'Open Patchbay',
      'Pause all schedules',
      '-',
      'Quit Patchbay',
    ])
    expect(labels({ trouble: null, isPaused: true })).toContain('Go on with all schedules')
  })

  it('says what is wrong first, and offers then only what still works', () => {
    expect(labels({ trouble: 'The core is away.', isPaused: false })).toEqual([
      '(The core is away.)',
      'Open Patchbay',
      '(Pause all schedules)',
      '-',
      'Quit Patchbay',
    ])
  })

  it('does what it says', () => {
    for (const isPaused of [false, true])
      for (const { click } of trayMenu({ trouble: null, isPaused }, actions)) (click as (() => void) | undefined)?.()
    expect(does).toEqual(['show', 'pause', 'quit', 'show', 'resume', 'quit'])
  })
})
