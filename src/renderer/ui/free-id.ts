/** Ids of definitions, made from names: stable, readable, and not in use. */

/** 'Customer list (2026)' becomes 'customer-list-2026'; a number is added where it is taken. At most 60 characters. */
export function freeId(name: string, taken: readonly string[]): string {
  const base =
    name
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 60)
      .replace(/-+$/, '') || 'new'
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`
    if (!taken.includes(id)) return id
  }
}
