/** Plans and runs, as the renderer and the command line see them. */

import type { Clock } from '#main/engine/ports/surroundings.ts'
import type { DefinitionRepository } from '#main/store/definition-store.ts'
import type { PlanRepository } from '#main/store/plan-store.ts'
import type { RecordLog } from '#main/store/record-log.ts'
import type { RunRepository } from '#main/store/run-store.ts'
import type { Settings } from '#main/store/settings.ts'
import { parseIntegration } from '#main/use-cases/build-job.ts'
import type { IntegrationRuns } from '#main/use-cases/integration-runs.ts'
import { planView } from '#main/use-cases/plan-view.ts'
import { searchRecords } from '#main/use-cases/search-records.ts'
import { undoInfoOf } from '#main/use-cases/undo-window.ts'
import type { Waits } from '#main/use-cases/waits.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import type { runsContract } from '#shared/contract/runs.ts'
import { AppError } from '#shared/errors.ts'
import type { Run } from '#shared/model/run.ts'

export interface RunsParts {
  readonly runs: RunRepository
  readonly plans: PlanRepository
  readonly definitions: DefinitionRepository
  readonly records: RecordLog
  readonly settings: Settings
  readonly integrationRuns: IntegrationRuns
  readonly clock: Clock
  readonly waits: Waits
}

export function runsProcedures({
  runs,
  plans,
  definitions,
  records,
  settings,
  integrationRuns,
  clock,
  waits,
}: RunsParts): HandlersOf<keyof typeof runsContract> {
  /** A run that stands as running but is not worked on has ended without its end being saved. */
  const runView = (run: Run): Run =>
    run.state === 'running' && !integrationRuns.isActive(run.id)
      ? { ...run, state: 'interrupted', error: integrationRuns.lostEnd(run.id) ?? run.error }
      : run
  const connectionsOf = (integrationId: string): readonly string[] => {
    const stored = definitions.get('integration', integrationId)
    if (!stored) return []
    const { source, destination } = parseIntegration(stored)
    return [source.connection, destination.connection]
  }
  return {
    'runs.list': (query) => ({ runs: runs.list(query).map(runView) }),
    'runs.get': ({ runId }) => {
      const run = runView(runs.get(runId) ?? notFound('run', runId))
      const waitsFor = integrationRuns.waitsFor(runId) ?? null
      const waiting = integrationRuns.isActive(runId) ? waits.of(connectionsOf(run.integrationId)) : []
      return { ...run, undo: undoInfoOf(run, { runs, settings }, clock.now()), waitsFor, waits: [...waiting] }
    },
    'runs.plan-undo': async ({ runId, overwritesNewer }) => ({
      planId: await integrationRuns.planUndo(runId, { overwritesNewer }),
    }),
    'runs.records': async (query, { signal }) => {
      if (!runs.get(query.runId)) notFound('run', query.runId)
      const page = query.search ? await searchRecords(records, query, signal) : records.page(query)
      return { records: [...page], next: nextOf(page, query.limit) }
    },
    'runs.causes': ({ runId }) => {
      if (!runs.get(runId)) notFound('run', runId)
      return { causes: [...records.causes(runId)] }
    },
    'runs.start': async ({ integrationId, trigger = 'by-hand' }) => ({
      runId: await integrationRuns.start(integrationId, { trigger }),
    }),
    'runs.pause': ({ runId }) => {
      integrationRuns.pause(runId)
      return {}
    },
    'runs.cancel': ({ runId }) => {
      integrationRuns.cancel(runId)
      return {}
    },
    'plans.make': async ({ integrationId }) => ({ planId: await integrationRuns.plan(integrationId) }),
    'plans.get': ({ planId }) => planView(plans.get(planId) ?? notFound('plan', planId), definitions),
    'plans.list': ({ integrationId, limit }) => ({
      plans: plans.list(integrationId, limit).map((plan) => planView(plan, definitions)),
    }),
    'plans.items': (query) => {
      if (!plans.get(query.planId)) notFound('plan', query.planId)
      const page = plans.items(query)
      return { items: [...page], next: nextOf(page, query.limit) }
    },
    'plans.approve': async ({ planId, trigger }) => ({ runId: await integrationRuns.approve(planId, trigger) }),
    'plans.discard': ({ planId }) => {
      integrationRuns.discard(planId)
      return {}
    },
  }
}

/** Where the next page begins, or null when this one was not full. */
function nextOf(page: readonly { readonly seq: number }[], limit: number): number | null {
  return page.length < limit ? null : (page.at(-1)?.seq ?? null)
}

function notFound(what: 'run' | 'plan', id: string): never {
  throw new AppError({
    kind: 'config',
    code: `unknown-${what}`,
    message: `There is no ${what} "${id}".`,
    next: `Check the id: "patchbay runs" lists the latest ones.`,
    details: { [what]: id },
  })
}
