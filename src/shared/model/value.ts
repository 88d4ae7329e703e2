/**
 * Values of records inside Patchbay: JSON, and nothing else.
 * Conventions: dates are 'YYYY-MM-DD', instants ISO 8601 in UTC ('2026-03-01T09:00:00.000Z'),
 * exact decimals are strings ('19.90'), money is `Money`. An absent key means "not said"; null means "empty".
 */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value }

export type Values = { readonly [field: string]: Value }

/** An amount in the smallest unit of its currency (cents): integer, never a float. */
export interface Money {
  readonly amountMinor: number
  /** ISO 4217, upper case. */
  readonly currency: string
}

export function isMoney(value: unknown): value is Money {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const candidate = value as Record<string, unknown>
  return Number.isSafeInteger(candidate.amountMinor) && typeof candidate.currency === 'string'
}
