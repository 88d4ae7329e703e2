/** Reads a mapping written by a person: checks it against the schema and names the first place that is wrong. */
import type { z } from 'zod'
import { mappingError } from './mapping-error.ts'
import { type Mapping, mappingSchema } from './schema/mapping-schema.ts'

/** The mapping in `input` (parsed YAML or JSON). Throws AppError config 'mapping-invalid' with details.place. */
export function readMapping(input: unknown, rootPlace = 'mapping'): Mapping {
  const read = mappingSchema.safeParse(input)
  if (read.success) return read.data
  const issue = deepestIssue(read.error.issues)
  throw mappingError(placeText(rootPlace, issue?.path ?? []), issue?.message ?? 'it is not a mapping')
}

interface FoundIssue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/**
 * The issue that goes deepest: of a union, that is the form the writer meant ("a step is a name or an object").
 * A choice that fails at its own root (wrong type) says nothing and loses against one that fails inside.
 */
function deepestIssue(issues: readonly z.core.$ZodIssue[], base: readonly PropertyKey[] = []): FoundIssue | undefined {
  let deepest: FoundIssue | undefined
  for (const issue of issues) {
    const path = [...base, ...issue.path]
    const inner =
      issue.code === 'invalid_union'
        ? issue.errors.map((errors) => deepestIssue(errors, path))
        : [plainIssue(issue, path)]
    for (const candidate of inner) {
      if (candidate && (!deepest || candidate.path.length > deepest.path.length || isMoreTelling(candidate, deepest))) {
        deepest = candidate
      }
    }
  }
  return deepest
}

function isMoreTelling(candidate: FoundIssue, current: FoundIssue): boolean {
  return candidate.path.length === current.path.length && rank(candidate.message) > rank(current.message)
}

function rank(message: string): number {
  if (message.startsWith('Invalid input')) return 0
  return message.startsWith('Invalid option') ? 1 : 2
}

function plainIssue(issue: z.core.$ZodIssue, path: readonly PropertyKey[]): FoundIssue {
  if (issue.code !== 'unrecognized_keys') return { path, message: issue.message }
  return { path: [...path, ...issue.keys.slice(0, 1)], message: 'there is no such setting' }
}

function placeText(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, key) => (typeof key === 'number' ? `${place}[${key}]` : `${place}.${String(key)}`),
    root,
  )
}
