/** The real built bundle, booted in Node: its core is a real process on a real database. */
import { writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import * as standIn from '#test/support/fake-electron/electron.ts'
import { bootBundle } from './boot-bundle.ts'

type Facts = Awaited<ReturnType<typeof bootBundle>>

describe('a day with the Electron host', () => {
  let facts: Facts
  beforeAll(async () => {
    facts = await bootBundle('work')
  }, 90_000)

  it('opens its vault and works through the sample business, over preload, relay and core process', () => {
    expect([facts.vault, facts.work.created]).toEqual(['open', 450])
  })

  it('keeps the core and its helpers in processes of their own; the main process loads nothing native', () => {
    const services = facts.helpers.map(([file, name]: [string, string]) => `${file}: ${name}`)
    expect(services).toEqual([
      'core-utility.js: Patchbay core',
      'keychain-child.js: Patchbay keychain',
      'practice-crm.js: Patchbay practice-crm',
      'practice-books.js: Patchbay practice-books',
      'practice-list.js: Patchbay practice-list',
    ])
    expect(facts.coreFlags).toEqual(['--min-semi-space-size=5', '--max-semi-space-size=5'])
    expect(facts.mainModules).toEqual([])
  })

  it('keeps the computer awake during a run, and tells of one that needs a person; a click shows it', () => {
    expect(facts.work).toMatchObject({
      isAwake: true,
      words: 'A run has ended: 21 failed, 22 wait for a decision.',
      showsRun: true,
    })
  })

  it('saves a text where the person says, and nowhere else', () => {
    const { answer, onDisk, closed, climbing, failed } = facts.saved
    expect([answer, onDisk]).toEqual([{ ok: true, value: { name: 'saved.yaml' } }, 'a: ü\n'])
    expect(closed).toEqual({ ok: true, value: { name: null } })
    expect([climbing.error.code, failed.error.code]).toEqual(['invalid-desktop-input', 'file-not-saved'])
  })

  it('hands the window the path a person chose, and asks for nothing but a file or a folder', () => {
    const { isFolder, closed, wrong } = facts.chosen
    expect([isFolder, closed, wrong.error.code]).toEqual([
      true,
      { ok: true, value: { path: null } },
      'invalid-desktop-input',
    ])
  })

  it('saves what the window shows as a PDF, and says what went wrong', () => {
    expect(facts.printed).toMatchObject({ begin: '%PDF-', options: { pageSize: 'A4', printBackground: true } })
    expect(facts.printed.errors).toEqual([expect.stringContaining('could not be saved')])
  })

  it('answers the command line, and shows its window instead of giving links to browsers', () => {
    expect(facts.terminal).toEqual({ hasStatus: true, link: 'window-is-on-the-desktop' })
  })

  it('lives on when the core is killed: says so, starts it again, leaves no helper behind', () => {
    expect(facts.crash).toEqual({ during: 'core-restarting', says: expect.any(String), after: 1, helpersLeft: 0 })
  })

  it('tells the core of sleep and waking up', () => expect(facts.power).toEqual(['suspend', 'resume', 'resume']))

  it('pauses all schedules from the tray, and goes on with them', () => {
    const [pause, resume] = ['Pause all schedules', 'Go on with all schedules']
    expect(facts.pause).toEqual([pause, resume, pause])
  })

  it('goes on without its window, and opens it again where it was', () => {
    expect(facts.hint).toContain('its work goes on')
    expect(facts.tray).toContain('Open Patchbay')
    expect(facts.again).toEqual(['app://patchbay/#/'])
    expect([facts.runs, facts.bounds]).toEqual([1, { x: 10, y: 20, width: 1280, height: 860 }])
    expect(facts.state).toEqual({ x: 10, y: 20, width: 1280, height: 860, isMaximized: false })
  })

  it('takes a window away whose page has crashed, and makes another when it is wanted', () =>
    expect([facts.isCrashedGone, facts.afterCrash]).toEqual([true, 3]))

  it('quits after the core has stopped, and leaves no process, door or tray', () => {
    expect(facts.quit).toEqual({ isAtOnce: false, isGone: true, running: 0, isTrayGone: true })
  })
})

describe('the start of the Electron host', () => {
  it('is given up for the one that runs already', async () => {
    const { hasQuit, windows, forks, said } = await bootBundle('second-instance')
    expect([hasQuit, windows, forks]).toEqual([true, 0, 0])
    expect(said).toEqual(['sandbox', 'schemes', 'org.patchbay.desktop', 'single instance'])
  })

  it('says so when another host has the data folder', async () => {
    const owner = { pid: process.pid, mark: null, host: hostname(), token: 'x' }
    const prepare = (folder: string): void => writeFileSync(join(folder, 'host.lock'), JSON.stringify(owner))
    const { errors, exitCode, windows, forks } = await bootBundle('in-use', { prepare })
    expect(errors).toEqual([expect.stringContaining('already in use by a running Patchbay')])
    expect([exitCode, windows, forks]).toEqual([1, 0, 0])
  })
})

describe('the stand-in for electron', () => {
  it('has no part that the real one has not', () => {
    // A type alone: the real module cannot be loaded here.
    const invented: Exclude<keyof typeof standIn, keyof typeof import('electron')>[] = []
    expect(invented).toEqual([])
    expect(Object.keys(standIn)).toContain('utilityProcess')
  })
})
