/** The Link header (RFC 8288): `<https://api.example.com/items?page=2>; rel="next"`. */

const parameter = /;\s*([\w!#$%&'*+\-.^`|~]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^",;\s]*)))?/g
const link = new RegExp(`<([^>]*)>((?:\\s*${parameter.source})*)`, 'g')

/** The target of the first link with this relation, or undefined. Commas and semicolons inside `<>` and quotes count as text. */
export function linkWithRelation(header: string | undefined, relation: string): string | undefined {
  for (const [, target, parameters = ''] of (header ?? '').matchAll(link)) {
    const rel = [...parameters.matchAll(parameter)].find(([, name]) => name?.toLowerCase() === 'rel')
    const relations = (rel?.[2] ?? rel?.[3] ?? '').toLowerCase().split(/\s+/)
    if (relations.includes(relation)) return target
  }
  return undefined
}
