/** A policy for one unit of a two-way integration: what it would make of the conflicts that wait, and the definition with it. */
import { decideConflict, type PolicyVerdict } from '#main/engine/merge/policies.ts'
import type { WaitingRecord } from '#main/store/decision-store.ts'
import type { Store } from '#main/store/open-store.ts'
import type { Output } from '#shared/contract/contract.ts'
import {
  type ConflictSides,
  type ConflictUnit,
  fieldsOf,
  type SideValues,
  valuesAfter,
} from '#shared/model/conflict.ts'
import type { ConflictPolicy } from '#shared/model/conflict-policy.ts'
import type { IntegrationDefinition } from '#shared/model/integration.ts'
import { storedIntegration } from './build-job.ts'

export interface ConflictRule {
  readonly integrationId: string
  /** A field of the destination, or a group. */
  readonly unit: string
  readonly policy: ConflictPolicy
}

type RulePreview = Output<'attention.preview-rule'>

const pageSize = 200
const mostShown = 50

/** By what the last run read of the conflicts; nothing is asked of a service. Throws AppError `unknown-integration`. */
export function previewRule(store: Pick<Store, 'decisions' | 'definitions'>, rule: ConflictRule): RulePreview {
  const { version } = storedIntegration(store, rule.integrationId)
  const records: RulePreview['records'][number][] = []
  const counts = { waitingCount: 0, decidedCount: 0, byPersonCount: 0, unknownCount: 0 }
  for (const record of allWaiting(store, rule.integrationId)) {
    if (record.reason.code !== 'conflict' && record.reason.code !== 'own-value-refused') continue
    const unit = record.conflict?.facts?.units.find(({ name }) => name === rule.unit)
    if (!record.conflict?.facts) counts.unknownCount += 1
    else if (unit && record.decision !== null) counts.byPersonCount += 1
    else if (unit) {
      const after = afterRule(unit, record.conflict, rule.policy)
      counts.waitingCount += 1
      if (after) counts.decidedCount += 1
      if (records.length < mostShown) records.push({ label: record.label, now: nowOf(unit, record.conflict), after })
    }
  }
  return { version, ...counts, records }
}

function* allWaiting({ decisions }: Pick<Store, 'decisions'>, integrationId: string): Generator<WaitingRecord> {
  let last: WaitingRecord | undefined
  do {
    const page = decisions.waiting({ integrationId, limit: pageSize, ...(last && { after: last }) })
    yield* page
    last = page.length < pageSize ? undefined : page.at(-1)
  } while (last)
}

function nowOf(unit: ConflictUnit, conflict: ConflictSides): SideValues {
  return {
    source: fieldsOf(conflict.source, unit.sourceFields),
    destination: fieldsOf(conflict.destination, unit.destinationFields),
  }
}

/** What would stand at both sides; null: the policy cannot decide it either. */
function afterRule(unit: ConflictUnit, conflict: ConflictSides, policy: ConflictPolicy): SideValues | null {
  const { source, destination, facts } = conflict
  if (!facts) return null
  const verdict: PolicyVerdict = decideConflict(
    unit,
    { policy },
    { source, destination, forward: facts.forward, back: facts.back, newer: facts.newer },
  )
  if (verdict.kind === 'hold') return null
  if (verdict.kind !== 'combined') return valuesAfter(unit, conflict, { take: verdict.kind })
  return { source: verdict.atSource, destination: verdict.atDestination }
}

/** The rule stands first, so that it counts before any other that names the same field. */
export function withRule(
  definition: IntegrationDefinition,
  { unit, policy }: Pick<ConflictRule, 'unit' | 'policy'>,
): IntegrationDefinition {
  const others = (definition.policies.conflicts ?? []).flatMap((rule) => {
    const fields = rule.fields.filter((field) => field !== unit)
    return fields.length === 0 ? [] : [{ ...rule, fields }]
  })
  return {
    ...definition,
    policies: { ...definition.policies, conflicts: [{ fields: [unit], policy }, ...others] },
  }
}
