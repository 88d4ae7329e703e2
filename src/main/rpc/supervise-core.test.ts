import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EventMessage } from '#shared/contract/events.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { systemClock } from './clock.ts'
import { type SupervisionTimes, superviseCore } from './supervise-core.ts'
import { startWorkerCore } from './worker-core.ts'

const entry = new URL('../../../test/support/host/serve-test-core.ts', import.meta.url)
const context = { signal: new AbortController().signal }
const quick: Partial<SupervisionTimes> = { pausesMs: [10, 10, 10], pingEveryMs: 100 }

async function supervised(times: Partial<SupervisionTimes> = quick) {
  const dataFolder = tempFolder()
  const lines: string[] = []
  const troubles: (string | null)[] = []
  const log = (message: string, details?: object): void => void lines.push(message, JSON.stringify(details ?? {}))
  const onTrouble = (trouble: ErrorInfo | null): void => void troubles.push(trouble?.code ?? null)
  const start = () => startWorkerCore({ entry, workerData: { dataFolder }, log })
  const core = await superviseCore({ start, clock: systemClock, log, times, onTrouble })
  onTestFinished(() => core.stop(1_000))
  const call = async (name: string, input: object): Promise<unknown> => {
    const envelope = await core.dispatch(name, input, context)
    return envelope.ok ? 'ok' : envelope.error.code
  }
  const untilRunning = () => expect.poll(() => call('runs.list', {}), { timeout: 5_000 }).toBe('ok')
  return {
    core,
    call,
    untilRunning,
    lines,
    troubles,
    startAs: (how: string) => writeFileSync(join(dataFolder, 'start-as'), how),
  }
}

describe('a supervised core', () => {
  it('is started again three times, then stays down with words', async () => {
    const { call, untilRunning, core, troubles } = await supervised()
    for (let time = 0; time < 3; time += 1) {
      expect(await call('runs.cancel', { runId: 'exit' })).toBe('core-stopped')
      await untilRunning()
    }
    expect(await call('runs.cancel', { runId: 'exit' })).toBe('core-stopped')
    await expect.poll(() => call('runs.list', {})).toBe('core-failed')
    expect(core.trouble()).toMatchObject({ next: expect.stringContaining('start it anew') })
    expect(troubles).toEqual([...Array(3).fill(['core-restarting', null]).flat(), 'core-failed'])
  })

  it('forgets crashes of long ago', async () => {
    const { call, untilRunning } = await supervised({ ...quick, pausesMs: [10], windowMs: 1 })
    for (let time = 0; time < 3; time += 1) {
      await call('runs.cancel', { runId: 'exit' })
      await untilRunning()
    }
  })

  it('that hangs is ended and started again; the call that hung it is answered', async () => {
    const { call, untilRunning, lines } = await supervised({ ...quick, missedPings: 3 })
    expect(await call('runs.cancel', { runId: 'hang' })).toBe('core-stopped')
    expect(lines).toContain('the core gives no sign of life and is ended')
    await untilRunning()
  })

  it('whose handler throws outside its call is started again', async () => {
    const { call, untilRunning } = await supervised()
    expect(await call('runs.cancel', { runId: 'throw-outside' })).toBe('core-stopped')
    await untilRunning()
  })

  it('that says why it cannot start again is not tried again', async () => {
    const { call, startAs } = await supervised()
    startAs('refuse')
    await call('runs.cancel', { runId: 'exit' })
    await expect.poll(() => call('runs.list', {}), { timeout: 3_000 }).toBe('data-too-new')
  })

  it('keeps its subscribers, who hear of the new start', async () => {
    const { core, call, untilRunning } = await supervised()
    const seen: EventMessage[] = []
    core.subscribe((message) => void seen.push(message))
    await expect.poll(() => seen.length).toBe(1)
    await call('runs.cancel', { runId: 'exit' })
    await untilRunning()
    await expect.poll(() => seen.map(({ kind }) => kind)).toEqual(['resync', 'trouble', 'trouble', 'resync'])
    const [before, restarting, running, after] = seen
    expect([restarting, running]).toEqual([
      { kind: 'trouble', error: expect.objectContaining({ code: 'core-restarting' }) },
      { kind: 'trouble', error: null },
    ])
    const boots = [before, after].map((message) => message && 'boot' in message && message.boot)
    expect(new Set(boots).size).toBe(2)
  })

  it('hears that the computer falls asleep and wakes up', async () => {
    const { core, lines } = await supervised()
    core.tellPower('suspend')
    core.tellPower('resume')
    await expect
      .poll(() => lines.filter((line) => line.includes('"state"')))
      .toEqual(['{"state":"suspend"}', '{"state":"resume"}'])
  })

  it('answers with words while and after it is stopped', async () => {
    const { core, call } = await supervised()
    const open = call('runs.get', { runId: 'slow' })
    await core.stop(1_000)
    expect(await open).toBe('host-stopping')
    expect(await call('runs.list', {})).toBe('host-stopping')
  })
})

describe('a core that does not start', () => {
  const starts = [
    { start: 'refuse', code: 'data-too-new' },
    { start: 'crash', code: 'unexpected' },
    { start: 'exit', code: 'core-did-not-start' },
    { start: 'silent', code: 'core-did-not-start' },
  ]
  for (const { start, code } of starts) {
    it(`is told as ${code} when it does "${start}"`, async () => {
      const options = {
        entry,
        workerData: { start },
        log: () => undefined,
        startTimeoutMs: start === 'silent' ? 500 : 20_000,
      }
      await expect(startWorkerCore(options)).rejects.toMatchObject({ code })
    })
  }
})
