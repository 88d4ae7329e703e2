/** A day with the app: the sample business, a run, sleep, a crash of the core, a closed window, quitting. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectToHost } from '#main/app/host/connect-to-host.ts'
import type { TimedClient } from '#shared/contract/client.ts'
import { AppError } from '#shared/errors.ts'
import { app } from '#test/support/fake-electron/app.ts'
import { powerMonitor } from '#test/support/fake-electron/desktop.ts'
import { answers, record } from '#test/support/fake-electron/record.ts'
import { bridgeOf, clientOf, until, untilWindow } from '../scenario-kit.ts'

export async function run(dataFolder: string): Promise<object> {
  const window = await untilWindow()
  const client = clientOf(window)
  const vault = (await client.call('system.status', {})).vault.state
  const work = await runSample(client)
  return {
    loads: [...window.loads],
    vault,
    work,
    helpers: record.forks.map(({ path, options }) => [path.split(/[\\/]/).at(-1), options.serviceName]),
    coreFlags: record.forks[0]?.options.execArgv,
    mainModules: nativeModules(),
    saved: await saveFile(bridgeOf(window), dataFolder),
    chosen: await choosePaths(bridgeOf(window), dataFolder),
    printed: await savePage(bridgeOf(window), dataFolder),
    terminal: await askFromTerminal(dataFolder),
    crash: await crashTheCore(client),
    ...(await closeAndOpen(dataFolder)),
    quit: await quit(dataFolder),
  }
}

async function runSample(client: TimedClient): Promise<object> {
  await client.call('practice.start', {})
  const { planId } = await client.call('plans.make', { integrationId: 'customers-to-crm' })
  await untilState(async () => (await client.call('plans.get', { planId })).state, 'ready')
  const { runId } = await client.call('plans.approve', { planId })
  const isAwake = await until('a computer that is kept awake', () => record.blockers.size > 0)
  await untilState(async () => (await client.call('runs.get', { runId })).state, 'finished')
  const notification = await until('a notification', () => record.notifications.at(0))
  notification.click()
  const { counts } = await client.call('runs.get', { runId })
  await until('a computer that may sleep', () => record.blockers.size === 0)
  const showsRun = record.windows[0]?.loads.at(-1) === `app://patchbay/#/runs/${runId}`
  return { created: counts.created, words: notification.body, isAwake, showsRun }
}

async function untilState(look: () => Promise<string>, wanted: string): Promise<void> {
  for (let time = 0; time < 600; time += 1) {
    if ((await look()) === wanted) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error(`not ${wanted}`)
}

/** Native modules of the core that the main process has loaded: there must be none. */
function nativeModules(): readonly string[] {
  // Described at https://nodejs.org/api/process.html#processreport (read 2026-11).
  const { sharedObjects = [] } = process.report.getReport() as { sharedObjects?: string[] }
  return sharedObjects.filter((file) => file.endsWith('.node'))
}

async function saveFile(bridge: ReturnType<typeof bridgeOf>, folder: string): Promise<object> {
  answers.savePath = join(folder, 'saved.yaml')
  const answer = await bridge.saveText({ name: 'saved.yaml', text: 'a: ü\n' })
  const onDisk = readFileSync(answers.savePath, 'utf8')
  answers.savePath = null
  const closed = await bridge.saveText({ name: 'saved.yaml', text: '' })
  const climbing = await bridge.saveText({ name: '../../.bashrc', text: '' })
  answers.savePath = join(folder, 'no-such-folder', 'saved.yaml')
  const failed = await bridge.saveText({ name: 'saved.yaml', text: '' })
  return { answer, onDisk, closed, climbing, failed }
}

async function choosePaths(bridge: ReturnType<typeof bridgeOf>, folder: string): Promise<object> {
  answers.openPath = folder
  const chosen = await bridge.choosePath({ kind: 'folder' })
  answers.openPath = null
  const closed = await bridge.choosePath({ kind: 'file' })
  // The page says what it asks for; this is what a page that is not ours would try.
  const wrong = await bridge.choosePath({ kind: 'openFile,multiSelections' as 'file' })
  return { isFolder: JSON.stringify(chosen).includes(JSON.stringify(folder)), closed, wrong }
}

async function savePage(bridge: ReturnType<typeof bridgeOf>, folder: string): Promise<object> {
  answers.savePath = join(folder, 'page.pdf')
  await bridge.savePageAsPdf({ name: 'page.pdf' })
  const begin = readFileSync(answers.savePath, 'latin1').slice(0, 5)
  answers.savePath = join(folder, 'no-such-folder', 'page.pdf')
  await bridge.savePageAsPdf({ name: 'page.pdf' })
  return { begin, options: record.printed[0], errors: record.errors.splice(0) }
}

async function askFromTerminal(dataFolder: string): Promise<object> {
  const connection = await connectToHost(dataFolder)
  if (!connection) throw new Error('the command line finds no host')
  const status = await connection.client.call('system.status', {})
  const link = await connection.newLink().catch((thrown) => (thrown instanceof AppError ? thrown.code : String(thrown)))
  connection.close()
  return { hasStatus: status.vault !== undefined, link }
}

/** The window lives on, calls are answered with words, then the core is back. */
async function crashTheCore(client: TimedClient): Promise<object> {
  const forks = record.forks.length
  record.forks[0]?.child.kill('SIGKILL')
  await until('a tray that says so', () => record.trays[0]?.items[0]?.enabled === false)
  const during = await client
    .call('runs.list', {})
    .catch((thrown) => (thrown instanceof AppError ? thrown.code : thrown))
  const says = record.trays[0]?.items[0]?.label
  await until('another core', () => record.forks.length > forks && record.trays[0]?.items[0]?.enabled !== false)
  const after = (await client.call('runs.list', {})).runs.length
  return { during, says, after, helpersLeft: record.forks.slice(1, forks).filter((fork) => !fork.hasEnded).length }
}

async function closeAndOpen(dataFolder: string): Promise<object> {
  const core = record.forks.findLast(({ options }) => options.serviceName === 'Patchbay core')
  for (const name of ['suspend', 'resume', 'unlock-screen']) powerMonitor.emit(name)
  const power = core?.said.flatMap((message) => ('state' in message ? [message.state] : []))
  record.windows[0]?.close()
  const state: unknown = JSON.parse(readFileSync(join(dataFolder, 'window', 'window-state.json'), 'utf8'))
  const hint = record.notifications.at(-1)?.body
  const tray = record.trays[0]
  tray?.items.find(({ label }) => label === 'Open Patchbay')?.click?.()
  const again = record.windows[1]
  const pause = await pauseFromTray()
  const runs = again ? (await clientOf(again).call('runs.list', {})).runs.length : undefined
  const bounds = again?.getNormalBounds()
  again?.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  const isCrashedGone = again?.webContents.isGone
  tray?.items.find(({ label }) => label === 'Open Patchbay')?.click?.()
  return {
    isCrashedGone,
    afterCrash: record.windows.length,
    power,
    pause,
    state,
    hint,
    again: again?.loads,
    runs,
    bounds,
    tray: tray?.items.map(({ label }) => label ?? '-'),
  }
}

/** What the tray offers: before, paused, and gone on with. */
async function pauseFromTray(): Promise<readonly (string | undefined)[]> {
  const item = () => record.trays[0]?.items.find(({ label }) => label?.endsWith('all schedules'))
  const seen = [item()?.label]
  for (const _time of [1, 2]) {
    const before = item()?.label
    item()?.click?.()
    await until('another offer', () => item()?.label !== before)
    seen.push(item()?.label)
  }
  return seen
}

async function quit(dataFolder: string): Promise<object> {
  app.quit()
  const isAtOnce = record.hasQuit
  await until('an end', () => record.hasQuit)
  const isGone = (await connectToHost(dataFolder)) === null
  return {
    isAtOnce,
    isGone,
    running: record.forks.filter((fork) => !fork.hasEnded).length,
    isTrayGone: record.trays[0]?.isGone,
  }
}
