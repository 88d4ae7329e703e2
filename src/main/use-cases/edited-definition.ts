/** A definition as the window sends it: checked like one of a file, but its complaints name the place inside it. */
import type { z } from 'zod'
import type { StoredDefinition } from '#main/store/definition-store.ts'
import { AppError } from '#shared/errors.ts'
import type { JsonObject } from '#shared/json.ts'
import { tryReadSchedule } from '#shared/schedule/read-schedule.ts'
import type { ReadDefinitions } from './definitions-file.ts'
import type { DefinitionsFile } from './definitions-schema.ts'

/** Throws AppError `definition-invalid` with details.place ('mapping.3.steps.0') for the first thing that is wrong. */
export function parseEdited<Schema extends z.ZodType>(schema: Schema, definition: JsonObject): z.output<Schema> {
  const parsed = schema.safeParse(definition)
  if (parsed.success) return parsed.data
  const { path, message } = deepest(parsed.error.issues) ?? { path: [], message: 'It is not a definition.' }
  throw invalid(path, message)
}

/** A schedule has a form for each way to say it: its own reader knows which one was meant, and which zones there are. */
export function refuseUnreadableSchedule({ schedule }: JsonObject): void {
  if (schedule === undefined) return
  const read = tryReadSchedule(schedule)
  if (!read.ok) throw invalid(['schedule', ...read.problem.path], read.problem.message, read.problem.next)
}

/** Definitions with complaints about the one edited definition. */
export function editedAs(definitions: Omit<DefinitionsFile, 'patchbay'>): ReadDefinitions {
  // Places in a file begin with the list and the number of the definition; here there is only one.
  return {
    definitions: { patchbay: 1, ...definitions },
    complain: (path, message, next) => invalid(path.slice(2), message, next),
  }
}

/** Somebody else saved a version meanwhile: theirs is never overwritten unseen. */
export function refuseChangedMeanwhile(
  stored: StoredDefinition | undefined,
  id: string,
  expectedVersion: number | null,
): void {
  if ((stored?.version ?? null) === expectedVersion) return
  if (!stored) throw gone(id)
  throw expectedVersion === null ? idTaken(id) : changedMeanwhile(id, stored)
}

interface Found {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** Of a choice, the form that came furthest is the one that was meant. */
function deepest(issues: readonly z.core.$ZodIssue[], base: readonly PropertyKey[] = []): Found | undefined {
  const found = issues.flatMap((issue): readonly Found[] => {
    const path = [...base, ...issue.path]
    if (issue.code === 'invalid_union') return issue.errors.flatMap((errors) => deepest(errors, path) ?? [])
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
    return [{ path: [...path, issue.keys[0] ?? ''], message: `"${issue.keys[0]}" is not a known setting here.` }]
  })
  return found.toSorted((a, b) => b.path.length - a.path.length)[0]
}

function invalid(
  path: readonly PropertyKey[],
  message: string,
  next = 'Correct it at this place and save again.',
): AppError {
  return new AppError({
    kind: 'config',
    code: 'definition-invalid',
    message,
    kept: 'Nothing was saved; the saved version stays as it is.',
    next,
    details: { place: path.map(String).join('.') },
  })
}

function changedMeanwhile(id: string, stored: StoredDefinition): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'changed-meanwhile',
    message: 'Another window saved a version meanwhile.',
    kept: 'Your changes are still here and not saved; the other version is not overwritten.',
    next: 'Look at the saved version, then save yours as a new one or drop it.',
    details: { id, savedVersion: stored.version, savedAt: stored.savedAt },
  })
}

function gone(id: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'removed-meanwhile',
    message: 'It was removed in another window meanwhile.',
    kept: 'Your changes are still here and not saved.',
    next: 'Save it under a new id, or drop it.',
    details: { id },
  })
}

function idTaken(id: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'id-taken',
    message: `The id "${id}" is in use already.`,
    kept: 'Nothing was saved.',
    next: 'Choose another name or id.',
    details: { id },
  })
}
