/** What came after `npm test --`: which kinds to run, and words that a test file's path must contain. */
import { ScriptError } from './project.mjs'
import { testKinds } from './test-kinds.mjs'

/** @typedef {{ only: readonly string[] | undefined, words: readonly string[] }} TestOptions */

const selectable = testKinds.map((kind) => kind.id).filter((id) => id !== 'set-up')

/**
 * @param {readonly string[]} args
 * @returns {TestOptions}
 * @throws {ScriptError} for an unknown option or kind
 */
export function readTestOptions(args) {
  /** @type {string[]} */
  const only = []
  /** @type {string[]} */
  const words = []
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--only') only.push(...(rest.shift() ?? '').split(','))
    else if (arg.startsWith('--only=')) only.push(...arg.slice('--only='.length).split(','))
    else if (arg.startsWith('-')) throw unknown(`option ${arg}`)
    else words.push(arg)
  }
  const wrong = only.find((id) => !selectable.includes(id))
  if (wrong !== undefined) throw unknown(`kind "${wrong}"`)
  return { only: only.length === 0 ? undefined : only, words }
}

/** @param {string} what */
function unknown(what) {
  return new ScriptError(
    `npm test does not know the ${what}.`,
    `use "npm test -- some-word" for test files with that word in their path, or "npm test -- --only ${selectable.join(',')}".`,
  )
}

/**
 * With words, only the kinds that are made of files run, unless kinds are named too. What runs the built app
 * brings the build along.
 * @param {TestOptions} options
 * @param {string} id
 */
export function isChosen({ only, words }, id) {
  if (only !== undefined)
    return only.includes(id) || (id === 'build' && only.some((kind) => ['e2e', 'kill'].includes(kind)))
  return words.length === 0 || ['unit', 'keychain', 'kill'].includes(id)
}
