/**
 * Who may use the host: a link with a token that works once and for ten minutes, then a bearer for the page that used
 * it. Tokens are kept as hashes only, in memory only: a new start of the host ends all sessions. No cookies, so no
 * other page and no other port can make a browser send them along.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { RpcClock } from '#main/rpc/clock.ts'

export interface Sessions {
  /** A new one-time token for a link. */
  readonly mintToken: () => string
  /** The bearer for a token that was not used before and has not expired; null otherwise. */
  readonly exchange: (token: string) => string | null
  readonly isBearer: (bearer: string) => boolean
  /** Notes a wrong token or bearer. */
  readonly noteFailure: (kind: FailureKind) => void
  /** Too many wrong ones lately. Right bearers are served all the same. */
  readonly isBarred: (kind: FailureKind) => boolean
}

export type FailureKind = 'link' | 'bearer'

const tokenLifeMs = 600_000
const mostTokens = 50
const mostBearers = 100
const failureWindowMs = 60_000
/** Bearers fail by the dozen when the pages of yesterday wake up; links are opened one at a time. */
const mostFailures: Readonly<Record<FailureKind, number>> = { link: 10, bearer: 100 }

export function createSessions(clock: RpcClock): Sessions {
  const tokens: { readonly hash: Buffer; readonly expiresAt: number }[] = []
  const bearers: Buffer[] = []
  const failures: Record<FailureKind, number[]> = { link: [], bearer: [] }

  const mintToken = (): string => {
    const token = newSecret()
    tokens.push({ hash: hashOf(token), expiresAt: clock.now() + tokenLifeMs })
    if (tokens.length > mostTokens) tokens.shift()
    return token
  }

  const exchange = (token: string): string | null => {
    const hash = hashOf(token)
    const at = tokens.findIndex((known) => timingSafeEqual(known.hash, hash))
    const [known] = at === -1 ? [] : tokens.splice(at, 1)
    if (!known || known.expiresAt <= clock.now()) return null
    const bearer = newSecret()
    bearers.push(hashOf(bearer))
    if (bearers.length > mostBearers) bearers.shift()
    return bearer
  }

  const isBearer = (bearer: string): boolean => {
    const hash = hashOf(bearer)
    return bearers.some((known) => timingSafeEqual(known, hash))
  }

  const lately = (kind: FailureKind): number[] => {
    const since = clock.now() - failureWindowMs
    failures[kind] = failures[kind].filter((at) => at > since)
    return failures[kind]
  }

  const noteFailure = (kind: FailureKind): void => {
    const recent = lately(kind)
    if (recent.length < mostFailures[kind]) recent.push(clock.now())
  }
  return { mintToken, exchange, isBearer, noteFailure, isBarred: (kind) => lately(kind).length >= mostFailures[kind] }
}

/** 256 bits, in letters that need no escaping in a link. */
function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Equal lengths for the comparison, and nothing to steal from memory. */
function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
