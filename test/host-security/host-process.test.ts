import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { connectToHost } from '#main/app/host/connect-to-host.ts'
import type { EventMessage } from '#shared/contract/events.ts'
import { hostPlace, openLink, startHostProcess } from './host-process.ts'
import { securedHost } from './secured-host.ts'

describe('the headless host as a process', () => {
  it('serves by its link, leaves only private files, and goes without a trace', async () => {
    const place = hostPlace()
    const host = startHostProcess(place)
    const { session, state } = await openLink(await host.link)
    expect(state).toBe('ready')
    expect(await session.client.call('integrations.count', { integrationId: 'ab' })).toEqual({
      readCount: 2,
      matchCount: 1,
    })
    expect(statSync(place.dataFolder).mode & 0o777).toBe(0o700)
    for (const name of ['host.json', 'host.lock'])
      expect(statSync(join(place.dataFolder, name)).mode & 0o777).toBe(0o600)
    expect(statSync(join(place.runtime, 'patchbay')).mode & 0o777).toBe(0o700)
    host.child.kill('SIGTERM')
    expect(await host.exitCode).toBe(0)
    expect(host.text()).toContain('the test core has stopped')
    expect(readdirSync(place.dataFolder)).toEqual([])
    expect(readdirSync(join(place.runtime, 'patchbay'))).toEqual([])
  })

  it('started a second time gives a link to the first one and ends', async () => {
    const place = hostPlace()
    const [first] = [startHostProcess(place)]
    const firstLink = await first.link
    const second = startHostProcess(place)
    expect(await second.exitCode).toBe(0)
    const secondLink = await second.link
    expect(secondLink.split('#')[0]).toBe(firstLink.split('#')[0])
    expect([(await openLink(secondLink)).state, (await openLink(firstLink)).state]).toEqual(['ready', 'ready'])
    expect((await openLink(firstLink)).state).toBe('needs-link')
  })

  it('started twice at the same moment runs once', async () => {
    const place = hostPlace()
    const both = [startHostProcess(place), startHostProcess(place)]
    const links = await Promise.all(both.map(({ link }) => link))
    expect(new Set(links.map((link) => link.split('#')[0])).size).toBe(1)
    for (const link of links) expect((await openLink(link)).state).toBe('ready')
    expect(both.filter(({ text }) => text().includes('Patchbay runs.'))).toHaveLength(1)
  })

  it('answers the command line over its local door, and refuses a wrong token there', async () => {
    const place = hostPlace()
    const host = startHostProcess(place)
    await host.link
    const connection = await connectToHost(place.dataFolder)
    expect(await connection?.client.call('plans.make', { integrationId: 'i' })).toEqual({
      planId: 'remote write: false',
    })
    expect((await openLink((await connection?.newLink()) ?? '')).state).toBe('ready')
    connection?.close()

    const door = JSON.parse(readFileSync(join(place.dataFolder, 'host.json'), 'utf8'))
    const elsewhere = hostPlace().dataFolder
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'host.json'), JSON.stringify({ ...door, token: 'x'.repeat(43) }))
    expect(await connectToHost(elsewhere)).toBeNull()
  })

  it('answers what was open when its core ends, starts it again, and tells pages to ask anew', async () => {
    const place = hostPlace()
    const host = startHostProcess(place)
    const { session } = await openLink(await host.link)
    const seen: EventMessage[] = []
    const stop = session.listen({
      onMessage: (message) => seen.push(message),
      onConnected: () => undefined,
      onSessionEnd: () => undefined,
    })
    await expect.poll(() => seen.length).toBe(1)
    const stopped = {
      info: expect.objectContaining({
        kind: 'transient',
        code: 'core-stopped',
        kept: expect.stringContaining('journal'),
        next: expect.any(String),
      }),
    }
    const open = session.client.call('runs.get', { runId: 'slow' })
    // The two come over connections of their own: the first one is there when a later one was answered.
    await session.client.call('runs.list', {})
    const ending = session.client.call('runs.cancel', { runId: 'exit' })
    const rejected = { status: 'rejected', reason: expect.objectContaining(stopped) }
    expect(await Promise.allSettled([open, ending])).toEqual([rejected, rejected])
    await expect(session.client.call('runs.list', {})).rejects.toMatchObject({ info: { code: 'core-restarting' } })
    await expect
      .poll(() => session.client.call('runs.list', {}).catch(() => null), { timeout: 6_000 })
      .toEqual({ runs: [] })
    await expect.poll(() => seen.map(({ kind }) => kind)).toEqual(['resync', 'trouble', 'trouble', 'resync'])
    const boots = seen.flatMap((message) => ('boot' in message ? [message.boot] : []))
    expect(new Set(boots).size).toBe(2)
    stop()
  })

  it('ends at once at the second signal, though its core hangs', async () => {
    const place = hostPlace()
    const host = startHostProcess(place)
    const { session } = await openLink(await host.link)
    void session.client.call('runs.cancel', { runId: 'hang' }).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 200))
    host.child.kill('SIGTERM')
    await expect.poll(host.text).toContain('Patchbay stops')
    host.child.kill('SIGTERM')
    expect(await host.exitCode).toBe(143)
    // What it left behind does not stand in the way of the next one.
    expect((await openLink(await startHostProcess(place).link)).state).toBe('ready')
  })

  it('says in words why it does not start, and leaves nothing behind', async () => {
    const other = await securedHost()
    const place = hostPlace()
    const taken = startHostProcess(place, ['--port', String(other.port)])
    expect([await taken.exitCode, taken.text()]).toEqual([
      2,
      expect.stringContaining(`Port ${other.port} is already used`),
    ])
    expect(readdirSync(place.dataFolder)).toEqual([])

    writeFileSync(join(place.dataFolder, 'start-as'), 'refuse')
    const refused = startHostProcess(place)
    expect([await refused.exitCode, refused.text()]).toEqual([
      2,
      expect.stringContaining('written by a newer Patchbay'),
    ])

    for (const args of [['--port', 'x'], ['--nonsense'], ['sing']]) {
      const wrong = startHostProcess(place, args)
      expect([await wrong.exitCode, wrong.text()]).toEqual([2, expect.stringContaining('Nothing was opened')])
    }
    expect(readdirSync(place.dataFolder)).toEqual(['start-as'])
  })

  it.runIf(process.platform === 'linux')(
    'gives the browser a private page, never the link on the command line',
    async () => {
      const place = hostPlace()
      const programs = join(place.runtime, 'bin')
      const seen = join(place.runtime, 'seen')
      mkdirSync(programs)
      writeFileSync(
        join(programs, 'xdg-open'),
        `#!/bin/sh\n{ echo "$@"; stat -c %a "$1"; cat "$1"; } > "${seen}.new" && mv "${seen}.new" "${seen}"\n`,
      )
      chmodSync(join(programs, 'xdg-open'), 0o755)
      const host = startHostProcess(place, ['--open'], { PATH: `${programs}:${process.env.PATH}` })
      await host.link
      await expect.poll(() => existsSync(seen), { timeout: 5_000 }).toBe(true)
      const [args = '', mode, page = ''] = readFileSync(seen, 'utf8').split('\n')
      expect(args).toMatch(/^\S+\.html$/)
      expect(mode).toBe('600')
      const link = /url=([^"]+)"/.exec(page)?.[1] ?? ''
      expect((await openLink(link)).state).toBe('ready')
      host.child.kill('SIGTERM')
      expect(await host.exitCode).toBe(0)
      expect(existsSync(args)).toBe(false)
    },
  )
})
