/** Sessions: the handlers that decide what pages may do. */
import { EventEmitter } from 'node:events'

type Answer<T> = (answer: T) => void

export class FakeSession extends EventEmitter {
  permissionRequest:
    | ((contents: unknown, permission: string, answer: Answer<boolean>, details: object) => void)
    | undefined
  permissionCheck: ((contents: unknown, permission: string, origin: string, details: object) => boolean) | undefined
  device: (() => boolean) | undefined
  beforeRequest: ((details: { url: string }, answer: Answer<{ cancel?: boolean }>) => void) | undefined
  readonly schemes = new Map<string, (request: Request) => Promise<Response>>()
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
      void this.schemes.set(scheme, handler),
  }
  readonly webRequest = {
    onBeforeRequest: (listener: FakeSession['beforeRequest']) => {
      this.beforeRequest = listener
    },
  }
  setPermissionRequestHandler(handler: FakeSession['permissionRequest']): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: FakeSession['permissionCheck']): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler
  }
}

export const sessions = new Map<string, FakeSession>()

function sessionOf(partition: string): FakeSession {
  const found = sessions.get(partition) ?? new FakeSession()
  sessions.set(partition, found)
  return found
}

export const session = {
  fromPartition: sessionOf,
  get defaultSession() {
    return sessionOf('')
  },
}
