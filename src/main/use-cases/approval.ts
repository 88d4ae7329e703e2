/**
 * Whether an integration may run: a plan of what it does now was approved. Its name, its schedule and the set it is a
 * leg of are not part of what it does; everything else is.
 */
import { hashOf } from '#main/engine/source-side.ts'
import type { DefinitionRepository, StoredDefinition } from '#main/store/definition-store.ts'

export interface Approval {
  readonly isApproved: boolean
  /** An earlier version was approved; what it does was changed since. */
  readonly isChangedSince: boolean
}

/** Equal for two versions of an integration that do the same. */
export function contentKey(body: string): string {
  // Bodies are written by Patchbay from parsed definitions.
  const { name: _name, schedule: _schedule, legOf: _legOf, ...content } = JSON.parse(body) as Record<string, unknown>
  return hashOf(JSON.stringify(content))
}

export function approvalOf(stored: StoredDefinition, definitions: DefinitionRepository): Approval {
  if (stored.approvedVersion === null) return { isApproved: false, isChangedSince: false }
  const approved = definitions.version('integration', stored.id, stored.approvedVersion)
  const isApproved = approved !== undefined && contentKey(approved.body) === contentKey(stored.body)
  return { isApproved, isChangedSince: !isApproved }
}

/** The version since which the integration does what it does now: a new name or schedule makes no record worth a look. */
export function contentVersionOf(stored: StoredDefinition, definitions: DefinitionRepository): number {
  const key = contentKey(stored.body)
  let since = stored.version
  for (const { version, body } of definitions.versions('integration', stored.id)) {
    if (contentKey(body) !== key) break
    since = version
  }
  return since
}
