/** Regular expressions of people, run by RE2 in linear time: no pattern can hang the app. */
import { RE2JS } from 're2js'
import { mappingError } from '../mapping-error.ts'

export interface PatternOptions {
  readonly pattern: string
  readonly ignoreCase?: boolean | undefined
  /** Where the pattern stands in the definition. */
  readonly place: string
}

/** Compiles a pattern. Throws the mapping error that names the place if RE2 cannot run it. */
export function compilePattern(options: PatternOptions): RE2JS {
  try {
    return RE2JS.compile(options.pattern, options.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const hint = /\(\?[=!<]|\\[1-9]/.test(options.pattern) ? '; look-around and back-references are not possible' : ''
    throw mappingError(options.place, `the pattern cannot be run (${reason})${hint}`, error)
  }
}

export type Replacement = (groupText: (group: number) => string) => string

/** Compiles '$1 of $2'; '$$' is a dollar sign. Throws the mapping error for a group the pattern does not have. */
export function compileReplacement(template: string, groupCount: number, place: string): Replacement {
  const parts = template.split(/(\$\$|\$\d{1,2})/).map((part): string | number => {
    if (part === '$$') return '$'
    if (!/^\$\d{1,2}$/.test(part)) return part
    const group = Number(part.slice(1))
    if (group > groupCount) throw mappingError(place, `the pattern has no group ${group}`)
    return group
  })
  return (groupText) => parts.map((part) => (typeof part === 'number' ? groupText(part) : part)).join('')
}

/** Replaces every find of a pattern. */
export function replaceAll(pattern: RE2JS, text: string, replacement: Replacement): string {
  const matcher = pattern.matcher(text)
  let result = ''
  let end = 0
  while (matcher.find()) {
    result += text.slice(end, matcher.start()) + replacement((group) => matcher.group(group) ?? '')
    end = matcher.end()
  }
  return result + text.slice(end)
}

/** The parts of a text between the finds of a pattern. An empty find separates nothing. */
export function splitBy(pattern: RE2JS, text: string): string[] {
  const matcher = pattern.matcher(text)
  const parts: string[] = []
  let end = 0
  while (matcher.find()) {
    if (matcher.end() === matcher.start()) continue
    parts.push(text.slice(end, matcher.start()))
    end = matcher.end()
  }
  parts.push(text.slice(end))
  return parts
}
