/** Which version agreements are compared with: records are looked at again when the work changed, not when only its schedule did. */
import type { Route } from './ports/sync-store.ts'

export function workVersionOf(route: Route): number {
  return route.workVersion ?? route.integrationVersion
}
