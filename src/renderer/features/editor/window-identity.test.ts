import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { identifyWindow, type WindowSurroundings } from './window-identity.ts'

// Node keeps locks as a browser does.
const { locks } = navigator as unknown as { readonly locks: LockManager }

const tab = (entries = new Map<string, string>()): WindowSurroundings => ({
  session: {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
  },
  locks,
  newId: randomUUID,
  reloadMs: 50,
})

describe('the identity of a window', () => {
  it('is not shared by a tab and its copy', async () => {
    const entries = new Map<string, string>()
    const first = await identifyWindow(tab(entries))
    const copy = await identifyWindow(tab(new Map(entries)))
    expect(copy.id).not.toBe(first.id)
    const open = await copy.openWindows()
    expect([first.id, copy.id, 'gone'].map((id) => open.has(id))).toEqual([true, true, false])
  })

  it('stays the same when a page is loaded anew and lets go of its lock a moment later', async () => {
    const entries = new Map([['patchbay-window', 'reloaded']])
    const left = Promise.withResolvers<void>()
    void locks.request('patchbay-window/reloaded', () => left.promise)
    const again = identifyWindow({ ...tab(entries), reloadMs: 2_000 })
    setTimeout(left.resolve, 20)
    expect((await again).id).toBe('reloaded')
  })

  it('is told by the session alone where there are no locks', async () => {
    const entries = new Map<string, string>()
    const first = await identifyWindow({ ...tab(entries), locks: undefined })
    const again = await identifyWindow({ ...tab(entries), locks: undefined })
    expect(again.id).toBe(first.id)
    expect([...(await again.openWindows())]).toEqual([again.id])
  })
})
