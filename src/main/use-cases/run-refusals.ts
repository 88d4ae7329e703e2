/** Why a plan or run is not started, in words. */
import { AppError } from '#shared/errors.ts'
import type { Plan } from '#shared/model/plan.ts'
import type { RunTrigger } from '#shared/model/run.ts'
import type { Approval } from './approval.ts'
import type { BuiltJob } from './build-job.ts'

export function approvable(plan: Plan | undefined, planId: string, versionOf: (integrationId: string) => number): Plan {
  if (!plan)
    throw planProblem('unknown-plan', `There is no plan "${planId}".`, 'Make a plan with "patchbay plan INTEGRATION".')
  if (plan.state !== 'ready')
    throw planProblem(
      'plan-not-ready',
      `This plan is ${plan.state}; only a ready plan can be approved or discarded.`,
      'Make a new plan.',
    )
  if (plan.integrationVersion !== versionOf(plan.integrationId)) {
    throw planProblem(
      'plan-outdated',
      'The integration was changed since this plan was made.',
      'Make a new plan and look at it before approving.',
    )
  }
  return plan
}

function planProblem(code: string, message: string, next: string): AppError {
  return new AppError({ kind: 'config', code, message, kept: 'Nothing was written.', next })
}

export function planFirst(integrationId: string, { isChangedSince }: Approval): AppError {
  return new AppError({
    kind: 'config',
    code: 'plan-first',
    message: isChangedSince
      ? `What "${integrationId}" does was changed since its plan was approved, so it does not run until a new plan is.`
      : `No plan of "${integrationId}" was ever approved, so it does not run yet.`,
    kept: 'Nothing was written.',
    next: `See what it would do with "patchbay plan ${integrationId}", then approve that plan.`,
    details: { integration: integrationId },
  })
}

export function isBySchedule(trigger: RunTrigger): boolean {
  return trigger !== 'by-hand' && trigger !== 'command-line'
}

export function pausedByHand(integrationId: string, runId: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'run-is-paused',
    message: `The last run of "${integrationId}" was paused by a person and has not ended.`,
    kept: 'What it has done so far is kept, and it can go on.',
    next: 'Start the integration by hand to let it go on, or cancel that run.',
    details: { integration: integrationId, run: runId },
  })
}

/** A record without a field the service demands would be refused one by one: said once, before anything is sent. */
export function refuseUnmappedRequired({ destination, plan }: BuiltJob['job']): void {
  if (!destination.description.writes.create) return
  const missing = destination.description.fields.filter(
    ({ name, required, readOnly }) => required && !readOnly && !plan.mapping.targetFields.includes(name),
  )
  if (missing.length === 0) return
  const names = missing.map(({ label, name }) => label ?? name)
  throw new AppError({
    kind: 'config',
    code: 'required-unmapped',
    message: `"${destination.description.label}" needs ${names.join(', ')}, and the mapping does not fill ${missing.length === 1 ? 'it' : 'them'}.`,
    kept: 'Nothing was written; the plan is kept.',
    next: 'Add these fields to the mapping, then make a new plan.',
    details: { fields: missing.map(({ name }) => name).join(', ') },
  })
}

export function alreadyBusy(integrationId: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'already-running',
    message: `"${integrationId}" is running or being planned right now.`,
    next: 'Wait until it has ended, or cancel it.',
    details: { integration: integrationId },
  })
}

export function notRunning(runId: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'not-running',
    message: 'This run is not running.',
    next: 'Look at its state in the list of runs.',
    details: { run: runId },
  })
}
