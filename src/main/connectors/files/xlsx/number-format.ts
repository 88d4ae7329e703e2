/** What a number format of a cell makes of a number: a date, a time, a duration, or a number. */

export type NumberKind = 'number' | 'date' | 'date-time' | 'time' | 'duration'

/** Built-in formats of ECMA-376 part 1, 18.8.30, those of East Asian systems included. */
const builtIn: ReadonlyMap<number, NumberKind> = new Map([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'date'] as const),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map((id) => [id, 'time'] as const),
  [22, 'date-time'],
  [46, 'duration'],
])

export function numberKind(formatId: number, code: string | undefined): NumberKind {
  return code === undefined ? (builtIn.get(formatId) ?? 'number') : kindOfCode(code)
}

function kindOfCode(code: string): NumberKind {
  const bare = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .split(';')[0]
    ?.replace(/general/gi, '')
    .replace(/a\/p|am\/pm/gi, '')
    .toLowerCase()
  if (!bare) return 'number'
  if (/\[(h+|m+|s+)\]/.test(bare)) return 'duration'
  const hasDate = /[yd]/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare))
  const hasTime = /[hs]/.test(bare)
  if (hasDate) return hasTime ? 'date-time' : 'date'
  return hasTime ? 'time' : 'number'
}
