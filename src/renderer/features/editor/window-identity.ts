/**
 * Which window this is: the same after a reload, never the same for two that are open. A browser copies what a tab
 * holds when the tab is duplicated, its identity included; a lock that lives as long as the page tells the two apart.
 */
export interface WindowIdentity {
  readonly id: string
  /** Identities of the windows that are open now, this one among them. */
  readonly openWindows: () => Promise<ReadonlySet<string>>
}

/** What of the browser is used. Without locks (a page that is not secure) a window is told by its session alone. */
export interface WindowSurroundings {
  readonly session: Pick<Storage, 'getItem' | 'setItem'>
  readonly locks?: Pick<LockManager, 'request' | 'query'> | undefined
  readonly newId: () => string
  /** How long a page that is being loaded anew may still hold its lock. */
  readonly reloadMs: number
}

const sessionKey = 'patchbay-window'
const lockPrefix = 'patchbay-window/'

export async function identifyWindow({ session, locks, newId, reloadMs }: WindowSurroundings): Promise<WindowIdentity> {
  const known = session.getItem(sessionKey)
  const isOwn = known !== null && (!locks || (await holdForLife(locks, known, reloadMs)))
  const id = isOwn ? known : newId()
  if (!isOwn) {
    session.setItem(sessionKey, id)
    if (locks) await holdForLife(locks, id, reloadMs)
  }
  const openWindows = async (): Promise<ReadonlySet<string>> => {
    // Where it is not told, a draft is rather shown twice than not at all.
    const held = await locks?.query().catch(() => undefined)
    const names = held?.held?.map(({ name = '' }) => name) ?? []
    return new Set([id, ...names.flatMap((name) => (name.startsWith(lockPrefix) ? name.slice(lockPrefix.length) : []))])
  }
  return { id, openWindows }
}

/** Answers whether this page holds the lock now; it lets go only with its own end. */
function holdForLife(locks: Pick<LockManager, 'request'>, id: string, reloadMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const forLife = (): Promise<never> => {
      resolve(true)
      return new Promise(() => undefined)
    }
    locks.request(lockPrefix + id, { signal: AbortSignal.timeout(reloadMs) }, forLife).catch(() => resolve(false))
  })
}
