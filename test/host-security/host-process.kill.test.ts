import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hostPlace, openLink, startHostProcess } from './host-process.ts'

describe('a headless host that was killed', () => {
  it('does not stand in the way of the next one, which clears up after it', async () => {
    const place = hostPlace()
    const first = startHostProcess(place)
    await first.link
    first.child.kill('SIGKILL')
    await first.exitCode
    expect(readdirSync(place.dataFolder).sort()).toEqual(['host.json', 'host.lock'])
    const second = startHostProcess(place)
    expect((await openLink(await second.link)).state).toBe('ready')
    expect(readdirSync(join(place.runtime, 'patchbay'))).toHaveLength(1)
  })

  it('is not mistaken for another process that has its id by now', async () => {
    const place = hostPlace()
    const first = startHostProcess(place)
    await first.link
    first.child.kill('SIGKILL')
    await first.exitCode
    const file = join(place.dataFolder, 'host.lock')
    const lock = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify({ ...lock, pid: process.pid }))
    expect((await openLink(await startHostProcess(place).link)).state).toBe('ready')
  })
})
