/**
 * What is decided as one: fields of both sides that the mappings tie together, and fields a person put into a group
 * (an address, an amount with its currency, a start and an end). A unit is never half from one side, half from the other.
 */
import { compileMapping } from '#shared/mapping/compile-mapping.ts'
import type { Mapping } from '#shared/mapping/schema/mapping-schema.ts'
import type { MappingOptions } from '#shared/mapping/step-types.ts'

export interface MergeUnit {
  /** The group's name, or the first field of the destination (else of the source). */
  readonly name: string
  /** Fields on each side that belong to it, in a fixed order. */
  readonly sourceFields: readonly string[]
  readonly destinationFields: readonly string[]
  /** Those among them that a mapping fills. */
  readonly filledAtSource: readonly string[]
  readonly filledAtDestination: readonly string[]
}

export interface FieldGroup {
  readonly name: string
  /** Fields of the destination. */
  readonly fields: readonly string[]
}

export interface UnitsInput {
  /** Source to destination. */
  readonly forward: Mapping
  /** Destination to source. */
  readonly back: Mapping
  readonly groups: readonly FieldGroup[]
  readonly options: MappingOptions
}

type Side = 'source' | 'destination'
type Node = `${Side}:${string}`

const nodeOf = (side: Side, field: string): Node => `${side}:${field}`
const fieldOf = (node: Node): string => node.slice(node.indexOf(':') + 1)

/** Units in the order of the forward mapping; every field that a mapping reads or fills is in exactly one. */
export function unitsOf({ forward, back, groups, options }: UnitsInput): readonly MergeUnit[] {
  const ties = createTies()
  for (const row of forward) {
    ties.join(nodesOf('destination', [row.to], 'source', compileMapping([row], options).sourceFields))
  }
  for (const row of back) {
    ties.join(nodesOf('source', [row.to], 'destination', compileMapping([row], options).sourceFields))
  }
  const names = new Map<Node, string>()
  for (const group of groups) {
    const root = ties.join(group.fields.map((field) => nodeOf('destination', field)))
    if (root) names.set(root, group.name)
  }
  const filled = {
    destination: new Set(forward.map(({ to }) => to)),
    source: new Set(back.map(({ to }) => to)),
  }
  const nameOf = (nodes: readonly Node[]): string | undefined => [...names].find(([node]) => nodes.includes(node))?.[1]
  return ties.groups().map((nodes) => unitFrom(nodes, nameOf(nodes), filled))
}

function nodesOf(side: Side, fields: readonly string[], other: Side, others: readonly string[]): readonly Node[] {
  return [...fields.map((field) => nodeOf(side, field)), ...others.map((field) => nodeOf(other, field))]
}

function unitFrom(
  nodes: readonly Node[],
  name: string | undefined,
  filled: Readonly<Record<Side, ReadonlySet<string>>>,
): MergeUnit {
  const of = (side: Side): readonly string[] =>
    nodes
      .filter((node) => node.startsWith(`${side}:`))
      .map(fieldOf)
      .sort()
  const [sourceFields, destinationFields] = [of('source'), of('destination')]
  const first = nodes.find((node) => node.startsWith('destination:')) ?? nodes[0]
  return {
    name: name ?? (first ? fieldOf(first) : ''),
    sourceFields,
    destinationFields,
    filledAtSource: sourceFields.filter((field) => filled.source.has(field)),
    filledAtDestination: destinationFields.filter((field) => filled.destination.has(field)),
  }
}

/** Sets of nodes that were named together, however far apart. */
function createTies() {
  const groupOf = new Map<Node, Node[]>()
  const join = (nodes: readonly Node[]): Node | undefined => {
    const [first] = nodes
    if (first === undefined) return undefined
    const target = groupOf.get(first) ?? [first]
    groupOf.set(first, target)
    for (const node of nodes) {
      const other = groupOf.get(node) ?? [node]
      if (other === target) continue
      for (const member of other) {
        if (!target.includes(member)) target.push(member)
        groupOf.set(member, target)
      }
    }
    return first
  }
  return { join, groups: (): readonly (readonly Node[])[] => [...new Set(groupOf.values())] }
}
