/**
 * Any history of sleep, restarts, kills, pauses, long runs, failing starts and clocks that are set: every due time is
 * recorded exactly once with one outcome, no run starts twice, and at most one catch-up follows each return.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { dueRuleOf } from '#shared/schedule/due-rule.ts'
import { dueBetween } from '#shared/schedule/due-times.ts'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'
import { type SchedulerBench, type SchedulerBenchOptions, schedulerBench } from '#test/support/scheduler-bench.ts'

const minute = 60_000
const startAt = '2027-03-26T10:07:00.000Z'

type Happening =
  | { readonly kind: 'nothing' | 'pause' | 'resume' | 'pause-all' | 'resume-all' | 'suspend' | 'awake' }
  | { readonly kind: 'sleep' | 'restart' | 'kill' | 'set-back' | 'runs-take'; readonly minutes: number }
  | { readonly kind: 'starts'; readonly how: 'well' | 'later' | 'never' | 'hang' }

/** Something happens, and a while passes after it. */
type Step = readonly [Happening, number]

const lasting = (kind: 'sleep' | 'restart' | 'kill' | 'set-back', max: number): fc.Arbitrary<Happening> =>
  fc.record({ kind: fc.constant(kind), minutes: fc.integer({ min: 1, max }) })
const plain = ['pause', 'resume', 'pause-all', 'resume-all', 'suspend', 'awake'] as const

const happeningArbitrary: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Happening>({ kind: 'nothing' }) },
  { weight: 3, arbitrary: lasting('sleep', 4_000) },
  { weight: 2, arbitrary: lasting('restart', 2_000) },
  { weight: 2, arbitrary: lasting('kill', 2_000) },
  { weight: 1, arbitrary: lasting('set-back', 2_000) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom(...plain) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('runs-take' as const), minutes: fc.constantFrom(0, 3, 40, 200) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('starts' as const),
      how: fc.constantFrom('well' as const, 'later' as const, 'never' as const, 'hang' as const),
    }),
  },
)
const stepArbitrary: fc.Arbitrary<Step> = fc.tuple(
  happeningArbitrary,
  fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 1_500 })),
)

const scheduleArbitrary = fc.constantFrom<Schedule>(
  { every: 'day', at: ['02:30', '18:00'], zone: 'Europe/Berlin' },
  { everyMinutes: 30 },
  { everyMinutes: 45, between: ['8:00', '19:00'], days: 'weekday', zone: 'Europe/Berlin', overlap: 'run-after' },
  { cron: '0 18 * * 1-5', zone: 'America/New_York', overlap: 'run-after' },
)

const failures = {
  later: new AppError({ kind: 'transient', code: 'x', message: 'x' }),
  never: new AppError({ kind: 'config', code: 'x', message: 'x' }),
}

async function happen(b: SchedulerBench, step: Happening): Promise<void> {
  switch (step.kind) {
    case 'sleep':
      return b.clock.jump(step.minutes * minute)
    case 'set-back':
      return b.clock.jump(-step.minutes * minute)
    case 'restart':
      return b.restart(step.minutes * minute)
    case 'kill':
      return b.kill(step.minutes * minute)
    case 'pause':
      return b.scheduler().pause('a')
    case 'resume':
      return b.scheduler().resume('a')
    case 'pause-all':
      return b.scheduler().pauseAll()
    case 'resume-all':
      return b.scheduler().resumeAll()
    case 'suspend':
      return b.scheduler().onSuspend()
    case 'awake':
      return b.scheduler().onResume()
    case 'runs-take':
      b.behaviour.runMs = step.minutes * minute
      return
    case 'starts':
      b.behaviour.neverStarts = step.how === 'hang'
      b.behaviour.startError = () => (step.how === 'later' || step.how === 'never' ? failures[step.how] : undefined)
      return
    default:
  }
}

/** What is wrong after this history; empty: nothing. */
async function wrongAfter(
  schedule: Schedule,
  steps: readonly Step[],
  more: Partial<SchedulerBenchOptions> = {},
): Promise<readonly string[]> {
  const b = schedulerBench({
    start: startAt,
    schedules: { a: schedule },
    times: { watchEveryMs: 10 * minute },
    ...more,
  })
  const wrong: string[] = []
  let earliestMs = b.clock.now()
  await b.clock.advance(1)
  for (const [what, minutes] of steps) {
    const before = b.started.length
    await happen(b, what)
    earliestMs = Math.min(earliestMs, b.clock.now())
    await b.clock.advance(minutes * minute)
    const catchUps = b.started.slice(before).filter((run) => run.trigger === 'catch-up').length
    if (catchUps > 1) wrong.push(`${catchUps} catch-up runs after ${what.kind}`)
  }
  // A quiet end: everything that waits gets its chance. What a process had under way when it hung ends with it.
  Object.assign(b.behaviour, { runMs: 0, neverStarts: false, startError: () => undefined })
  await b.kill(0)
  await b.clock.advance(45 * minute)
  return [...wrong, ...wrongIn(b, schedule, earliestMs)]
}

/** A clock that is set back before the start makes times due that had been over when the schedule began. */
function wrongIn(b: SchedulerBench, schedule: Schedule, earliestMs: number): readonly string[] {
  const nowMs = b.clock.now()
  const slots = b.slots()
  const dueSince = (sinceMs: number): readonly string[] =>
    dueBetween(dueRuleOf(schedule, 'UTC'), sinceMs, nowMs, 100_000).map((ms) => new Date(ms).toISOString())
  const due = dueSince(Date.parse(startAt))
  const possible = dueSince(earliestMs - 1)
  const recorded = slots.map((slot) => slot.dueAt)
  const past = recorded.filter((at) => Date.parse(at) <= nowMs)
  const runIds = b.started.map((run) => run.runId)
  return [
    ...due.filter((at) => !recorded.includes(at)).map((at) => `${at} is not recorded`),
    ...past.filter((at) => !possible.includes(at)).map((at) => `${at} was never due`),
    ...recorded.filter((at, index) => recorded.indexOf(at) !== index).map((at) => `${at} is recorded twice`),
    ...slots.filter((slot) => slot.outcome === 'waiting').map((slot) => `${slot.dueAt} waits for ever`),
    ...slots
      .filter((slot) => Date.parse(slot.dueAt) > nowMs && slot.outcome !== 'ran')
      .map((slot) => `${slot.dueAt} has not come yet`),
    ...runIds.filter((id, index) => runIds.indexOf(id) !== index).map((id) => `${id} started twice`),
    ...runIds.filter((id) => !slots.some((slot) => slot.runId === id)).map((id) => `${id} belongs to no due time`),
    ...slots
      .filter((slot) => slot.outcome === 'ran' && !runIds.includes(slot.runId ?? ''))
      .map((slot) => `${slot.dueAt} did not run`),
  ]
}

const property = (more: Partial<SchedulerBenchOptions> = {}) =>
  fc.asyncProperty(
    scheduleArbitrary,
    fc.array(stepArbitrary, { minLength: 1, maxLength: 14 }),
    async (schedule, steps) => {
      expect(await wrongAfter(schedule, steps, more)).toEqual([])
    },
  )

describe('any history', () => {
  it('leaves every due time recorded once, with one outcome, and no run started twice', async () => {
    await fc.assert(property(), { seed: 2_027, numRuns: 120 })
  }, 90_000)

  const twins: Readonly<Record<string, Partial<SchedulerBenchOptions>>> = {
    'without the key of the slots, when the clock is set back': {
      change: 'create table loose as select * from slot; drop table slot; alter table loose rename to slot;',
    },
    'when only the newest due time is recorded': {
      store: (store) => ({
        ...store,
        settle: (id, step) => store.settle(id, { ...step, drafts: step.drafts.slice(-1) }),
      }),
    },
    'when a due time is recorded only after its run was started': {
      store: (store) => ({
        ...store,
        settle: (id, step) => store.settle(id, { ...step, lastDueAt: store.state(id)?.lastDueAt ?? '' }),
      }),
      change: 'create table loose as select * from slot; drop table slot; alter table loose rename to slot;',
    },
    'when what waits is forgotten by a restart': {
      store: (store) => ({ ...store, waiting: () => [] }),
    },
    'when every missed time is caught up': {
      store: (store) => ({
        ...store,
        settle: (id, step) =>
          store.settle(id, {
            ...step,
            ends: [],
            drafts: step.drafts.map((one) =>
              one.outcome === 'missed' ? { ...one, outcome: 'waiting', trigger: 'catch-up', startAt: step.at } : one,
            ),
          }),
      }),
    },
    'when the future is not forgotten after the clock was set back': {
      store: (store) => ({ ...store, turnBack: () => undefined }),
    },
  }
  for (const [what, more] of Object.entries(twins)) {
    it(`would go wrong ${what} (a twin that shows the test can fail)`, async () => {
      const { failed } = await fc.check(property(more), { seed: 2_027, numRuns: 60, endOnFailure: true })
      expect(failed).toBe(true)
    }, 60_000)
  }
})
