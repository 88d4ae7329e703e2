/** The page token of a counted list: where it goes on, and the records by which that place is known again. */
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import type { ListPosition } from './counted-pages.ts'

/** What a later walk has to know. */
export interface CountedPlace {
  readonly position: ListPosition
  /** Records have come in before the place: what they are is to be found out at the end. */
  readonly hasGrown: boolean
  /** Whether the position is a number of records, not of pages. */
  readonly countsRecords: boolean
}

/** Records of the trail in a token: enough to find the edge when some of them are gone. */
const keysInToken = 8

const token = z.object({
  following: z.int().min(0),
  edgeAt: z.int().min(0),
  width: z.int().min(0),
  isShort: z.boolean(),
  hasGrown: z.boolean(),
  countsRecords: z.boolean(),
  trail: z.array(z.tuple([z.string(), z.int(), z.int()])).max(keysInToken),
})

/** The token as text; keys in it are hashes, nothing of a record can be read from it. */
export function writeToken({ position, hasGrown, countsRecords }: CountedPlace): string {
  const trail = position.trail.slice(-keysInToken).map(({ key, at, index }) => [key, at, index])
  return JSON.stringify({ ...position, trail, hasGrown, countsRecords })
}

/** The place of a token. Throws AppError (transient, `page-token-stale`) where it is none of ours. */
export function readToken(text: string): CountedPlace {
  const parsed = token.safeParse(jsonOf(text))
  if (!parsed.success) throw tokenStale('the token is not understood')
  const { hasGrown, countsRecords, trail, ...rest } = parsed.data
  const entries = trail.map(([key, at, index]) => ({ key, at, index }))
  return { position: { ...rest, trail: entries }, hasGrown, countsRecords }
}

/** The place a walk was to go on from is not there any more. */
export function tokenStale(why: string): AppError {
  return new AppError({
    kind: 'transient',
    code: 'page-token-stale',
    message: 'The list has changed since its reading stopped; the place to go on from is not there any more.',
    kept: 'What was done so far is kept and is not done again.',
    next: 'Run again: the list is read from its start.',
    details: { why },
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
