/**
 * The points at which a run is killed: before and after every call that leaves a trace in the journal, in the list of
 * runs or at the service; while a run works, and while it takes up what an earlier one left open. The list is typed by
 * the ports of the engine: a new call does not compile until it is said here whether it is a point.
 */
import type { JournalStore, RunStore } from '#main/engine/ports/sync-store.ts'
import type { ConnectedObject } from '#shared/model/connected.ts'
import type { WriteClass } from '#shared/model/object.ts'

type Verdicts<Port> = { readonly [Call in keyof Port]-?: 'point' | 'leaves no trace' }

export const journalCalls: Verdicts<JournalStore> = {
  recordPage: 'point',
  markSent: 'point',
  flush: 'point',
  markReady: 'point',
  markUncertain: 'point',
  end: 'point',
  renewDestination: 'point',
  openIntents: 'point',
  hasOpenIntent: 'leaves no trace',
  // Only when a person cancels a run that was interrupted.
  withdrawReady: 'leaves no trace',
  failedRecords: 'leaves no trace',
}

export const runCalls: Verdicts<RunStore> = {
  finish: 'point',
  // These are not asked by the run itself but by who starts it: kills while a process starts meet them.
  begin: 'leaves no trace',
  takeUp: 'leaves no trace',
  setState: 'leaves no trace',
  interrupted: 'leaves no trace',
  checkpoint: 'leaves no trace',
  // Of two-way runs only, which the simulation follows.
  saveCheckpoint: 'leaves no trace',
}

export const destinationCalls: Verdicts<ConnectedObject> = {
  send: 'point',
  find: 'point',
  get: 'point',
  read: 'leaves no trace',
  prepare: 'leaves no trace',
  description: 'leaves no trace',
}

/** Within a write request, told by the HTTP library: it has left; its answer has begun and has not ended. */
export const wirePoints = ['request left', 'answer begun'] as const

export const phases = ['run', 'recovery'] as const
export type Phase = (typeof phases)[number]

/** `run: before recordPage`, `recovery: answer begun`. */
export function pointName(phase: Phase, moment: string): string {
  return `${phase}: ${moment}`
}

export function phaseOf(point: string): Phase {
  return point.startsWith(pointName('recovery', '')) ? 'recovery' : 'run'
}

export function callsOf<Port>(verdicts: Verdicts<Port>): readonly (keyof Port & string)[] {
  // The keys of the record are the calls of the port.
  const calls = Object.keys(verdicts) as (keyof Port & string)[]
  return calls.filter((call) => verdicts[call] === 'point')
}

const moments: readonly string[] = [
  ...[...callsOf(journalCalls), ...callsOf(runCalls), ...callsOf(destinationCalls)].flatMap((call) => [
    `before ${call}`,
    `after ${call}`,
  ]),
  ...wirePoints,
]

export const allPoints: readonly string[] = phases.flatMap((phase) => moments.map((moment) => pointName(phase, moment)))

interface Exception {
  readonly call: string
  readonly phase: Phase
  /** Absent: every class. */
  readonly classes?: readonly WriteClass[]
  readonly because: string
}

/** What cannot happen, and why: everything else must be hit. */
const exceptions: readonly Exception[] = [
  { call: 'openIntents', phase: 'run', because: 'recovery begins with it' },
  { call: 'finish', phase: 'recovery', because: 'recovery ends before it' },
  { call: 'markSent', phase: 'run', classes: ['C'], because: 'an update without a version is planned anew instead' },
  { call: 'find', phase: 'recovery', classes: ['K', 'U', 'C'], because: 'these classes are not looked up' },
  { call: 'find', phase: 'run', classes: ['K', 'U', 'C'], because: 'many new records are matched by reading the list' },
  { call: 'find', phase: 'run', classes: ['N'], because: 'the service has no look-up' },
  { call: 'find', phase: 'recovery', classes: ['N'], because: 'the service has no look-up' },
]

/** The points a class can meet. */
export function pointsOf(writeClass: WriteClass): readonly string[] {
  const impossible = new Set(
    exceptions
      .filter(({ classes }) => classes?.includes(writeClass) ?? true)
      .flatMap(({ call, phase }) => [pointName(phase, `before ${call}`), pointName(phase, `after ${call}`)]),
  )
  return allPoints.filter((point) => !impossible.has(point))
}
