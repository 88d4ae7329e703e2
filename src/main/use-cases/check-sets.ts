/** What the legs of a set must have in common, and what each must have for itself. */
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import type { IntegrationDefinition } from '#shared/model/integration.ts'

export interface SetComplaint {
  /** The leg that is complained about. */
  readonly id: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly next: string
}

/** The first thing that is wrong with the sets of these integrations; undefined where all is well. */
export function complainAboutSets(integrations: readonly IntegrationDefinition[]): SetComplaint | undefined {
  const sets = Map.groupBy(integrations, ({ legOf }) => legOf?.set)
  for (const [set, legs] of sets) {
    const [first, ...others] = legs
    if (set === undefined || !first) continue
    const complaint =
      legs.map(complainAboutPattern).find((one) => one !== undefined) ??
      others.map((leg) => complainAboutEnds(first, leg)).find((one) => one !== undefined) ??
      complainAboutTwins(legs) ??
      complainAboutOwners(legs)
    if (complaint) return complaint
  }
  return undefined
}

function complainAboutPattern({ id, pattern, legOf }: IntegrationDefinition): SetComplaint | undefined {
  if (pattern === 'one-way') return undefined
  return {
    id,
    path: ['legOf'],
    message: `"${id}" goes both ways; the legs of "${legOf?.name ?? ''}" are one-way.`,
    next: 'Take it out of the set, or make it one-way.',
  }
}

/** Name, pattern, and the end that the pattern shares. */
function complainAboutEnds(first: IntegrationDefinition, leg: IntegrationDefinition): SetComplaint | undefined {
  const [own, other] = [leg.legOf, first.legOf]
  if (own?.pattern !== other?.pattern || own?.name !== other?.name) {
    return {
      id: leg.id,
      path: ['legOf'],
      message: `The legs of the set "${own?.set ?? ''}" do not agree about its name or pattern ("${first.id}" and "${leg.id}").`,
      next: 'Write the same name and pattern in all of them.',
    }
  }
  const shared = own?.pattern === 'fan-out' ? 'source' : 'destination'
  if (leg[shared].connection === first[shared].connection && leg[shared].object === first[shared].object)
    return undefined
  return {
    id: leg.id,
    path: [shared],
    message: `"${leg.id}" and "${first.id}" are legs of "${own?.name ?? ''}" (${own?.pattern ?? ''}) and have different ${shared}s.`,
    next: `Give all legs the same ${shared}, or take one out of the set.`,
  }
}

/** Two legs with the same two ends are one integration written twice. */
function complainAboutTwins(legs: readonly IntegrationDefinition[]): SetComplaint | undefined {
  const known = new Map<string, string>()
  for (const { id, source, destination } of legs) {
    const ends = JSON.stringify([source, destination])
    const twin = known.get(ends)
    known.set(ends, id)
    if (twin === undefined) continue
    return {
      id,
      path: ['destination'],
      message: `"${twin}" and "${id}" connect the same two places.`,
      next: 'Make one integration of them.',
    }
  }
  return undefined
}

/** In an aggregation each field has one owner: two that both always write it would take turns for ever. */
function complainAboutOwners(legs: readonly IntegrationDefinition[]): SetComplaint | undefined {
  if (legs[0]?.legOf?.pattern !== 'aggregation') return undefined
  const owners = new Map<string, string>()
  for (const { id, mapping, match } of legs) {
    for (const [index, row] of mapping.entries()) {
      if (!isOwned(row) || match.includes(row.to)) continue
      const owner = owners.get(row.to)
      owners.set(row.to, id)
      if (owner === undefined) continue
      return {
        id,
        path: ['mapping', index, 'to'],
        message: `"${row.to}" is filled by "${owner}" and by "${id}": each would overwrite what the other wrote.`,
        next: 'Let one of them own it: the other leaves the row out, or writes it with "write: fill-empty" or "write: on-create".',
      }
    }
  }
  return undefined
}

function isOwned({ write }: Row): boolean {
  return write !== 'on-create' && write !== 'fill-empty'
}
