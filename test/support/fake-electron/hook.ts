/**
 * `node --import` this: `electron` is the stand-in, for the real built bundle too. PATCHBAY_TEST_CHANGES, as JSON
 * [["text", "other text"]], changes the bundle while it is loaded: how a test shows that it would notice.
 */
import { registerHooks } from 'node:module'

const standIn = new URL('./electron.ts', import.meta.url).href
// Written by boot-bundle.ts, which is the only caller that sets it.
const changes = JSON.parse(process.env.PATCHBAY_TEST_CHANGES ?? '[]') as [string, string][]
const unused = new Set(changes.map(([from]) => from))

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) => {
    const loaded = next(url, context)
    return changes.length > 0 && url.includes('/out/main/')
      ? { ...loaded, source: changed(String(loaded.source)) }
      : loaded
  },
})

function changed(source: string): string {
  let text = source
  for (const [from, to] of changes) {
    if (text.includes(from)) unused.delete(from)
    text = text.replaceAll(from, to)
  }
  return text
}

process.once('exit', () => {
  for (const text of unused) process.stderr.write(`nothing in the bundle reads: ${text}\n`)
})
