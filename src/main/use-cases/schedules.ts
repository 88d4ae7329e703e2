/** Reads and saves the schedules of integrations. A schedule is part of the definition: saving one is a new version. */
import type { StoredDefinition } from '#main/store/definition-store.ts'
import type { Store } from '#main/store/open-store.ts'
import { errorInfoOf } from '#shared/errors.ts'
import { type IntegrationDefinition, integrationDefinitionSchema } from '#shared/model/integration.ts'
import { type ReadSchedule, tryReadSchedule } from '#shared/schedule/read-schedule.ts'
import { readScheduleText } from '#shared/schedule/read-schedule-text.ts'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'
import { parseIntegration, storedIntegration } from './build-job.ts'

/** Words ('every weekday at 18:00'), a cron line, or the form of a definition as a value or as YAML. */
export async function readWritten(written: unknown): Promise<ReadSchedule> {
  if (typeof written !== 'string') return tryReadSchedule(written)
  if (!written.trimStart().startsWith('{')) return readScheduleText(written)
  const { parseDocument } = await import('yaml')
  const document = parseDocument(written, { prettyErrors: false })
  const [mistake] = document.errors
  if (mistake) return unreadable(written, mistake.message)
  try {
    return tryReadSchedule(document.toJS({ maxAliasCount: 0 }))
  } catch (thrown) {
    // An alias: it could make a few signs into millions.
    return unreadable(written, String(errorInfoOf(thrown).details?.technical ?? ''))
  }
}

function unreadable(written: string, technical: string): ReadSchedule {
  const next = "Write it like this: { every: weekday, at: '18:00', zone: Europe/Berlin }"
  return { ok: false, problem: { path: [], message: `"${written}" cannot be read: ${technical}`, next } }
}

/** Integrations that have a schedule; a definition that cannot be read has none. */
export function scheduledIntegrations(store: Store): readonly { integrationId: string; schedule: Schedule }[] {
  return store.definitions.list('integration').flatMap((stored) => {
    const { schedule } = definitionOf(stored) ?? {}
    return schedule ? [{ integrationId: stored.id, schedule }] : []
  })
}

function definitionOf(stored: StoredDefinition): IntegrationDefinition | undefined {
  try {
    return parseIntegration(stored)
  } catch {
    return undefined
  }
}

/** Saves the schedule, or its removal. The same one again saves nothing. Throws AppError `unknown-integration`. */
export function saveSchedule(
  store: Store,
  { integrationId, schedule, savedAt }: { integrationId: string; schedule: Schedule | null; savedAt: string },
): { readonly version: number; readonly isNew: boolean } {
  const { schedule: _, ...work } = parseIntegration(storedIntegration(store, integrationId))
  // Through the schema, so that the order of its fields is that of an import: the same definition is the same text.
  const definition = integrationDefinitionSchema.parse(schedule === null ? work : { ...work, schedule })
  const body = JSON.stringify(definition)
  return store.definitions.save({
    kind: 'integration',
    id: integrationId,
    body,
    savedAt,
    savedBy: 'schedule',
  })
}
