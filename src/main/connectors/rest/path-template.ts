/** Paths with places to fill: '/customers/{id}'. */
import { AppError } from '#shared/errors.ts'

export type PathValues = Readonly<Record<string, string | undefined>>

/**
 * Fills a path; every value is encoded, so that an id can never become another path. The values are asked for only
 * where the path has a place to fill. Throws AppError (data).
 */
export function fillPath(template: string, valuesOf: () => PathValues): string {
  if (!template.includes('{')) return template
  const values = valuesOf()
  return template.replace(/\{([^}]+)\}/g, (_place, name: string) => encodeSegment(name, values[name]))
}

/** Fills the values of query parameters; they are encoded later. */
export function fillQuery(query: Readonly<Record<string, string>>, values: PathValues): Record<string, string> {
  const fill = (text: string): string => text.replace(/\{([^}]+)\}/g, (_place, name: string) => values[name] ?? '')
  return Object.fromEntries(Object.entries(query).map(([name, text]) => [name, fill(text)]))
}

function encodeSegment(name: string, value: string | undefined): string {
  if (value !== undefined && value !== '' && value !== '.' && value !== '..') return encodeURIComponent(value)
  throw new AppError({
    kind: 'data',
    code: 'path-value-missing',
    message: `The address of the record needs a value for ${name}, and “${value ?? ''}” cannot be one.`,
    kept: 'Nothing was sent.',
    next: `Give the record a value in ${name}.`,
    details: { name },
  })
}
