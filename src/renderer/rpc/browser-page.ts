/** The browser's side of a session: its address, its tab storage, its visibility. */
import type { SessionPage } from './session.ts'

const bearerKey = 'patchbay-bearer'

/** The tab's storage is kept per origin, port included, and ends with the tab. */
export function browserPage(): SessionPage {
  return {
    fetch: (address, init) => fetch(address, { ...init, cache: 'no-store', credentials: 'omit', redirect: 'error' }),
    base: '',
    takeToken: () => {
      const token = /^#t=([\w-]{1,100})$/.exec(location.hash)?.[1] ?? null
      // Out of the address at once: it must not stand in the history or in a bookmark.
      if (location.hash.startsWith('#t=')) history.replaceState(null, '', '#/')
      return token
    },
    storage: {
      read: () => sessionStorage.getItem(bearerKey),
      write: (bearer) => sessionStorage.setItem(bearerKey, bearer),
      clear: () => sessionStorage.removeItem(bearerKey),
    },
    isHidden: () => document.visibilityState === 'hidden',
    onVisibility: (listener) => {
      document.addEventListener('visibilitychange', listener)
      return () => document.removeEventListener('visibilitychange', listener)
    },
    startTimer: (durationMs, action) => {
      const timer = setTimeout(action, durationMs)
      return () => clearTimeout(timer)
    },
  }
}
