import { describe, expect, it } from 'vitest'
import { createSession } from '#renderer/rpc/session.ts'
import type { EventMessage } from '#shared/contract/events.ts'
import { sendRaw } from '#test/host-security/raw-request.ts'
import { securedHost } from '#test/host-security/secured-host.ts'
import { testPage } from './transports.ts'

const quiet = { onMessage: () => undefined, onConnected: () => undefined, onSessionEnd: () => undefined }

describe('the session of a page', () => {
  it('is ready with a link, and again after a reload without one', async () => {
    const host = await securedHost()
    const page = testPage(host.http.origin, host.sessions.mintToken())
    expect(await createSession(page).open()).toBe('ready')
    expect(page.takeToken()).toBeNull()
    expect(await createSession(page).open()).toBe('ready')
  })

  it('needs a link without one, with a used one, and after the host was started anew', async () => {
    const host = await securedHost()
    const token = host.sessions.mintToken()
    expect(await createSession(testPage(host.http.origin, null)).open()).toBe('needs-link')
    await createSession(testPage(host.http.origin, token)).open()
    expect(await createSession(testPage(host.http.origin, token)).open()).toBe('needs-link')
    const page = testPage(host.http.origin, null)
    page.storage.write('bearer-of-yesterday')
    expect(await createSession(page).open()).toBe('needs-link')
    expect(page.storage.read()).toBeNull()
  })

  it('survives a link of yesterday that is opened in the same tab', async () => {
    const host = await securedHost()
    const page = testPage(host.http.origin, 'link-of-yesterday')
    page.storage.write(host.bearer)
    expect(await createSession(page).open()).toBe('ready')
  })

  it('opens while the host cannot be reached, and calls then fail with words', async () => {
    const host = await securedHost()
    const page = testPage(host.http.origin, null)
    page.storage.write(host.bearer)
    await host.http.close()
    const session = createSession(page)
    expect(await session.open()).toBe('ready')
    await expect(session.client.call('runs.list', {})).rejects.toMatchObject({ code: 'host-not-reached' })
  })

  it('tells its listeners once the host does not know it any more', async () => {
    const host = await securedHost()
    const page = testPage(host.http.origin, host.sessions.mintToken())
    const session = createSession(page)
    await session.open()
    let ends = 0
    const stop = session.listen({
      ...quiet,
      onSessionEnd: () => {
        ends += 1
      },
    })
    page.storage.write('of-another-start')
    await expect(session.client.call('runs.list', {})).rejects.toMatchObject({ code: 'needs-link' })
    expect([ends, page.storage.read()]).toEqual([1, null])
    stop()
  })

  it('stops reading events while the page is hidden, and goes on where it was', async () => {
    const host = await securedHost()
    const page = testPage(host.http.origin, host.sessions.mintToken())
    const session = createSession(page)
    await session.open()
    const seen: EventMessage[] = []
    const states: boolean[] = []
    const stop = session.listen({
      ...quiet,
      onMessage: (message) => seen.push(message),
      onConnected: (is) => states.push(is),
    })
    await expect.poll(() => seen.length).toBe(1)
    page.show(true)
    await new Promise((resolve) => setTimeout(resolve, 100))
    // Somebody else's call: the timers of a hidden page are cut short here.
    const body = JSON.stringify({ integrationId: 'while-hidden' })
    await sendRaw(host.port, { method: 'POST', path: '/rpc/plans.make', headers: host.good, body })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(seen).toHaveLength(1)
    page.show(false)
    await expect.poll(() => seen.map(({ kind }) => kind)).toEqual(['resync', 'event'])
    expect(states).toEqual([true, true])
    stop()
  })

  it('reports a lost line and comes back by itself', async () => {
    const host = await securedHost()
    const page = testPage(host.http.origin, host.sessions.mintToken())
    const session = createSession(page)
    await session.open()
    const states: boolean[] = []
    const stop = session.listen({ ...quiet, onConnected: (is) => states.push(is) })
    await expect.poll(() => states).toEqual([true])
    await host.http.close()
    await expect.poll(() => states.slice(0, 2)).toEqual([true, false])
    stop()
  })

  it('gets a link for another tab', async () => {
    const host = await securedHost()
    const session = createSession(testPage(host.http.origin, host.sessions.mintToken()))
    await session.open()
    const link = await session.newLink()
    expect(await createSession(testPage(host.http.origin, link.split('#t=')[1] ?? '')).open()).toBe('ready')
  })
})
