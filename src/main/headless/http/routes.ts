/** The addresses of the host. */

export interface Route {
  readonly name: 'rpc' | 'events' | 'session' | 'session-check' | 'link' | 'health' | 'file'
  readonly methods: readonly string[]
  readonly needsBearer: boolean
}

const routes: Readonly<Record<string, Route>> = {
  '/events': { name: 'events', methods: ['GET'], needsBearer: true },
  '/session': { name: 'session', methods: ['POST'], needsBearer: false },
  '/session/check': { name: 'session-check', methods: ['GET'], needsBearer: true },
  '/session/link': { name: 'link', methods: ['POST'], needsBearer: true },
  '/healthz': { name: 'health', methods: ['GET', 'HEAD'], needsBearer: false },
}

const rpc: Route = { name: 'rpc', methods: ['POST'], needsBearer: true }
const file: Route = { name: 'file', methods: ['GET', 'HEAD'], needsBearer: false }

export const rpcPrefix = '/rpc/'

export function pathOf(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? ''
}

/** Everything that is no address of its own is a file, found or not. */
export function routeOf(url: string | undefined): Route {
  const path = pathOf(url)
  if (path.startsWith(rpcPrefix)) return rpc
  return (Object.hasOwn(routes, path) ? routes[path] : undefined) ?? file
}
