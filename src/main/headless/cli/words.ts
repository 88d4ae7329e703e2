/** Plans, runs and records as lines for people. */
import type { Output as Answer } from '#shared/contract/contract.ts'
import type { OutcomeCounts } from '#shared/model/run.ts'
import { errorLines } from './output.ts'

type RunView = Answer<'runs.get'>
type RecordView = Answer<'runs.records'>['records'][number]
type PlanView = Answer<'plans.get'>
type ItemView = Answer<'plans.items'>['items'][number]

/** '3 created, 1 held'; 'nothing' where there is nothing to tell. */
export function countsText(counts: OutcomeCounts): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
  return parts.length === 0 ? 'nothing to do' : parts.map(([outcome, count]) => `${count} ${outcome}`).join(', ')
}

export function runLines(run: RunView): readonly string[] {
  const error = run.error ? errorLines(run.error) : []
  return [
    `Run ${run.id} of ${run.integrationId}: ${run.state}, ${run.readCount} read, ${countsText(run.counts)}.`,
    ...error,
    ...run.notes.map(({ message, next }) => `Noticed: ${message}${next ? ` ${next}` : ''}`),
  ]
}

export function planLines(plan: PlanView): readonly string[] {
  const error = plan.error ? errorLines(plan.error) : []
  const next =
    plan.state === 'ready' ? [`Approve and run it: patchbay run ${plan.integrationId} --plan ${plan.id}`] : []
  return [
    `Plan ${plan.id} of ${plan.integrationId}: ${plan.state}, ${plan.readCount} read, ${countsText(plan.counts)}.`,
    ...error,
    ...next,
  ]
}

export function recordLines(record: RecordView | ItemView): readonly string[] {
  const what = 'outcome' in record ? record.outcome : record.action
  const head = `${String(record.seq).padStart(6)}  ${what.padEnd(8)}  ${record.label}  (${record.sourceId}${record.destinationId === null ? '' : ` -> ${record.destinationId}`})`
  const why = record.reason
    ? [`                  ${record.reason.message}${record.reason.next ? ` ${record.reason.next}` : ''}`]
    : []
  return [head, ...changeLines(record.before, record.after), ...why]
}

function changeLines(before: RecordView['before'], after: RecordView['after']): readonly string[] {
  if (after === null) return []
  return Object.entries(after).map(([field, value]) => {
    const was = before === null ? '' : `${JSON.stringify(before[field] ?? null)} -> `
    return `                  ${field}: ${was}${JSON.stringify(value)}`
  })
}
