/** Errors of the kit that do not come from an answer: what broke on the way, in words an owner understands. */
import type { ErrorInfo } from '#shared/errors.ts'

export type NetworkFault =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'tls'
  | 'connect-timeout'
  | 'answer-timeout'
  | 'reset'
  | 'too-large'
  | 'aborted'
  | 'unsendable'

export interface Asked {
  /** 'api.example.com' */
  readonly host: string
  /** 'GET /customers', without query. */
  readonly what: string
  readonly isWrite: boolean
}

interface FaultWords {
  readonly kind: ErrorInfo['kind']
  readonly says: (host: string) => string
  readonly next: string
}

const tryLater = 'Nothing to do: Patchbay tries again. If it stays, check the internet connection of this computer.'

const words: { readonly [F in NetworkFault]: FaultWords } = {
  dns: { kind: 'transient', says: (host) => `The address ${host} could not be found`, next: tryLater },
  refused: { kind: 'transient', says: (host) => `${host} did not accept a connection`, next: tryLater },
  unreachable: { kind: 'transient', says: (host) => `${host} could not be reached`, next: tryLater },
  tls: {
    kind: 'config',
    says: (host) => `The identity of ${host} could not be proven (its certificate is not valid here)`,
    next: 'Check the address of the connection and the date of this computer. Patchbay does not connect without proof.',
  },
  'connect-timeout': {
    kind: 'transient',
    says: (host) => `${host} did not take the connection in time`,
    next: tryLater,
  },
  'answer-timeout': { kind: 'transient', says: (host) => `${host} did not answer in time`, next: tryLater },
  reset: { kind: 'transient', says: (host) => `${host} broke off before the answer was complete`, next: tryLater },
  'too-large': {
    kind: 'data',
    says: (host) => `The answer of ${host} is larger than Patchbay reads`,
    next: 'Choose a smaller page size in the settings of the connection.',
  },
  aborted: { kind: 'cancelled', says: (host) => `The request to ${host} was stopped`, next: 'Start again when ready.' },
  unsendable: {
    kind: 'config',
    says: (host) => `The request to ${host} cannot be sent as it is`,
    next: 'Check address, headers and keys of the connection for line breaks and unusual characters.',
  },
}

/** The error of a broken transport. `wasSent`: bytes may have reached the service. */
export function networkError(
  fault: NetworkFault,
  asked: Asked,
  more: { wasSent: boolean; technical: string },
): ErrorInfo {
  const { kind, says, next } = words[fault]
  return {
    kind,
    code: fault === 'aborted' ? 'cancelled' : `network-${fault}`,
    message: `${says(asked.host)} (${asked.what}).`,
    kept: keptOf(asked, more.wasSent),
    next,
    details: { host: asked.host, asked: asked.what, technical: more.technical.slice(0, 300) },
  }
}

/** What is safe after trouble, by whether the request changes something and may have arrived. */
export function keptOf({ isWrite }: Asked, wasSent: boolean): string {
  if (!isWrite) return 'Nothing was changed.'
  if (!wasSent) return 'This write did not reach the service; it stands in the journal.'
  return 'It is not known whether the service processed this write. It stands in the journal and is looked up before it is sent again.'
}

/** The run or the request was stopped on purpose. */
export function cancelledError(): ErrorInfo {
  return {
    kind: 'cancelled',
    code: 'cancelled',
    message: 'The request was stopped before it was sent.',
    kept: 'Nothing was sent.',
    next: 'Start again when ready.',
  }
}
