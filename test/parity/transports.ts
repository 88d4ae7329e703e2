/** The five ways to the core, each as a client: the same core must look the same through all of them. */

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectToHost } from '#main/app/host/connect-to-host.ts'
import { openLocalDoor } from '#main/app/host/local-door.ts'
import { createCoreRelay } from '#main/electron/core-relay.ts'
import { registerIpc } from '#main/electron/ipc.ts'
import { startAddress } from '#main/electron/own-address.ts'
import { startUtilityCore } from '#main/electron/utility-core.ts'
import { openHttpHost } from '#main/headless/http/http-host.ts'
import { createSessions } from '#main/headless/http/sessions.ts'
import { startTimer, systemClock } from '#main/rpc/clock.ts'
import { createInProcessTransport, dispatchOver } from '#main/rpc/in-process.ts'
import { startWorkerCore } from '#main/rpc/worker-core.ts'
import { createDesktopSession, findDesktop } from '#renderer/rpc/desktop-session.ts'
import { readEvents } from '#renderer/rpc/event-stream.ts'
import { createSession, type SessionPage } from '#renderer/rpc/session.ts'
import { createClient, type TimedClient } from '#shared/contract/client.ts'
import { createLinkTransport } from '#shared/contract/link-transport.ts'
import type { Subscribe } from '#shared/contract/transport.ts'
import { loadPreload } from '#test/support/fake-electron/load-preload.ts'
import { FakeContents } from '#test/support/fake-electron/window.ts'
import { createTestCore } from '#test/support/host/test-core.ts'

export interface Way {
  readonly client: TimedClient
  readonly subscribe: Subscribe
  readonly close: () => Promise<void>
}

const log = (): void => undefined

/** Everything of the Electron host that messages go through: preload, checks of the sender, relay, a core in a process of its own. */
async function ipcWay(): Promise<Way> {
  const core = await startUtilityCore({ scripts: join(fakeElectron, 'scripts'), dataFolder: '', log })
  const contents = new FakeContents()
  contents.mainFrame.url = startAddress
  // The stand-in offers what the relay uses of a window.
  const isOurs = (sender: object): boolean => sender === contents
  const relay = createCoreRelay({ dispatch: dispatchOver(core), subscribe: core.subscribe })
  const answerDesktop = async () => ({ ok: true, value: null }) as const
  registerIpc({ isOurs, onCoreMessage: relay, answerDesktop, log })
  const preload = fileURLToPath(new URL('../../out/preload/index.cjs', import.meta.url))
  const bridge = findDesktop(loadPreload(preload, contents))
  if (!bridge) throw new Error('the preload offers no bridge')
  const line = createLinkTransport(bridge)
  const { client } = createDesktopSession(line, startTimer)
  return { client, subscribe: line.subscribe, close: () => core.stop(5_000) }
}

const fakeElectron = fileURLToPath(new URL('../support/fake-electron', import.meta.url))

export const ways: Readonly<Record<string, (folder: string) => Promise<Way>>> = {
  'in-process': async () => {
    const core = createTestCore({ log })
    const client = createClient({ send: createInProcessTransport(core.dispatch).send, startTimer })
    return { client, subscribe: core.events.subscribe, close: core.stop }
  },
  worker: async () => {
    const entry = new URL('../support/host/serve-test-core.ts', import.meta.url)
    const core = await startWorkerCore({ entry, workerData: { junk: true }, log })
    return {
      client: createClient({ send: core.send, startTimer }),
      subscribe: core.subscribe,
      close: () => core.stop(5_000),
    }
  },
  http: async () => {
    const core = createTestCore({ log })
    const sessions = createSessions(systemClock)
    const door = { dispatch: core.dispatch, subscribe: core.events.subscribe }
    const host = await openHttpHost({ core: door, sessions, files: new Map(), log, port: 0 })
    const page = testPage(host.origin, sessions.mintToken())
    const session = createSession(page)
    await session.open()
    const line = { fetch: page.fetch, base: page.base, bearer: page.storage.read, onNeedsLink: () => undefined }
    const subscribe: Subscribe = (onMessage, after) =>
      readEvents({ line, onMessage, onConnected: () => undefined, startTimer, ...(after ? { after } : {}) })
    return { client: session.client, subscribe, close: host.close }
  },
  ipc: ipcWay,
  socket: async (folder) => {
    const core = createTestCore({ log })
    const door = await openLocalDoor({
      core: { dispatch: core.dispatch, subscribe: core.events.subscribe },
      dataFolder: folder,
      runtimeFolder: folder,
      tag: 'test',
      platform: process.platform,
      newLink: () => 'link',
    })
    const connection = await connectToHost(folder)
    if (!connection) throw new Error('the door did not open')
    const close = async (): Promise<void> => {
      connection.close()
      await door.close()
    }
    return { client: connection.client, subscribe: connection.subscribe, close }
  },
}

/** A page as the browser would be: sends its origin with every POST, keeps its bearer. */
export function testPage(
  origin: string,
  token: string | null,
): SessionPage & { readonly show: (isHidden: boolean) => void } {
  let bearer: string | null = null
  let rest = token
  let isHidden = false
  const listeners = new Set<() => void>()
  return {
    fetch: (address, init) => {
      const own: Record<string, string> = init.method === 'POST' ? { origin } : {}
      return fetch(address, { ...init, headers: { ...own, ...Object.fromEntries(new Headers(init.headers)) } })
    },
    base: origin,
    takeToken: () => {
      const taken = rest
      rest = null
      return taken
    },
    storage: {
      read: () => bearer,
      write: (value) => {
        bearer = value
      },
      clear: () => {
        bearer = null
      },
    },
    isHidden: () => isHidden,
    onVisibility: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    startTimer: (durationMs, action) => {
      // Hidden pages wait 20 s before they stop reading; tests do not.
      const timer = setTimeout(action, isHidden ? 10 : durationMs)
      return () => clearTimeout(timer)
    },
    show: (hide) => {
      isHidden = hide
      for (const listener of [...listeners]) listener()
    },
  }
}
