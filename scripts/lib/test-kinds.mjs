/**
 * The kinds of tests in the order in which `npm test` runs them, and the minutes each may take on two cores. The sum
 * is the promise (15 minutes); docs/testing.md shows this table and is checked against it.
 */

/**
 * @typedef {object} TestKind
 * @property {string} id the name for `npm test -- --only <id>`
 * @property {string} title
 * @property {number} budgetMinutes when every planned part of the app exists
 */

export const totalMinutes = 15

/** @type {readonly TestKind[]} */
export const testKinds = [
  { id: 'set-up', title: 'set-up and packages of the system', budgetMinutes: 1.5 },
  { id: 'check', title: 'types, lint, boundaries, unused code', budgetMinutes: 0.5 },
  { id: 'build', title: 'build', budgetMinutes: 0.5 },
  { id: 'unit', title: 'unit, contract and property tests', budgetMinutes: 3.5 },
  { id: 'keychain', title: 'keychain tests', budgetMinutes: 0.5 },
  { id: 'e2e', title: 'browser tests, end to end', budgetMinutes: 5 },
  { id: 'kill', title: 'kill tests', budgetMinutes: 2.5 },
]

/** Minutes that no kind has: for a slow download, a busy machine. */
export const reserveMinutes = totalMinutes - testKinds.reduce((sum, kind) => sum + kind.budgetMinutes, 0)

/** A step that takes twice its budget hangs, and is ended. @param {string} id */
export function timeLimitMsOf(id) {
  const kind = testKinds.find((candidate) => candidate.id === id)
  return (kind?.budgetMinutes ?? totalMinutes) * 2 * 60_000
}

/**
 * The kind of a test file, by its name alone; undefined: not a test.
 * @param {string} path with forward slashes, relative to the project
 * @returns {'check' | 'unit' | 'contract' | 'property' | 'keychain' | 'kill' | undefined}
 */
export function kindOfFile(path) {
  if (!/\.test\.tsx?$/.test(path)) return undefined
  if (path.startsWith('test/boundaries/')) return 'check'
  const suffix = /\.(contract|property|keychain|kill)\.test\.tsx?$/.exec(path)?.[1]
  switch (suffix) {
    case 'contract':
    case 'property':
    case 'keychain':
    case 'kill':
      return suffix
    default:
      return 'unit'
  }
}
