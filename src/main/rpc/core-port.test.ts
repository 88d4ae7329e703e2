import { expect, it } from 'vitest'
import { createTestCore } from '#test/support/host/test-core.ts'
import { type CoreSurroundings, type ServedCore, serveCore } from './core-port.ts'

/** A port whose other end is the test. */
function ends() {
  const posted: unknown[] = []
  const listeners: ((message: unknown) => void)[] = []
  const port = {
    postMessage: (message: unknown) => void posted.push(message),
    on: (_: 'message', listener: (message: unknown) => void) => listeners.push(listener),
  }
  return { port, posted, say: (message: unknown) => listeners.forEach((listener) => void listener(message)) }
}

it('tells the core that the computer falls asleep and is awake again, also while it is still starting', async () => {
  const { port, say } = ends()
  const heard: string[] = []
  const start = async (surroundings: CoreSurroundings): Promise<ServedCore> => ({
    ...createTestCore(surroundings),
    onPower: (state) => void heard.push(state),
  })
  const served = serveCore(port, start)
  say({ kind: 'power', state: 'suspend' })
  await served
  for (const state of ['resume', 'explode', null]) say({ kind: 'power', state })
  await expect.poll(() => heard).toEqual(['suspend', 'resume'])
})

it('tells nobody where the core did not start, or does not want to know', async () => {
  for (const start of [
    async (): Promise<never> => Promise.reject(new Error('no')),
    async (s: CoreSurroundings) => createTestCore(s),
  ]) {
    const { port, say, posted } = ends()
    await serveCore(port, start)
    say({ kind: 'power', state: 'suspend' })
    say({ kind: 'ping' })
    expect(posted.at(-1)).toEqual({ kind: 'pong' })
  }
})
