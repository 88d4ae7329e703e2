/** The built app as texts by path, so that a check can be given a changed copy, and what can be read out of them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vite'

/** From the path below out/ ('main/index.js') to its text. */
export type BuiltApp = ReadonlyMap<string, string>

export function readBuiltApp(): BuiltApp {
  const out = fileURLToPath(new URL('../../out', import.meta.url))
  const names = readdirSync(out, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
  const texts = names.filter((name) => /^(main|preload|renderer)\/.*\.(c?js|html|css)$/.test(name))
  return new Map(texts.map((name) => [name, readFileSync(join(out, name), 'utf8')]))
}

/** A copy in which a text was replaced; throws where it does not occur. */
export function changedApp(app: BuiltApp, path: RegExp, from: string, to: string): BuiltApp {
  const found = [...app].find(([name, text]) => path.test(name) && text.includes(from))
  if (!found) throw new Error(`no file like ${path} reads ${from}`)
  return new Map([...app, [found[0], found[1].replace(from, () => to)]])
}

/** A node of the syntax tree: https://github.com/estree/estree (read 2026-11). */
export interface Node {
  readonly type: string
  readonly [part: string]: unknown
}

const trees = new Map<string, readonly Node[]>()

/** All nodes of a script, in no particular order. */
export function nodesOf(code: string): readonly Node[] {
  const known = trees.get(code)
  if (known) return known
  const nodes: Node[] = []
  const waiting: unknown[] = [parseAst(code)]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (Array.isArray(value)) waiting.push(...value)
    if (typeof value !== 'object' || value === null || !('type' in value)) continue
    // Every object with a type in a tree is a node of it.
    nodes.push(value as Node)
    waiting.push(...Object.values(value))
  }
  trees.set(code, nodes)
  return nodes
}

/** Every text a script holds: its strings and the fixed parts of its templates. */
export function stringsOf(code: string): readonly string[] {
  return nodesOf(code).flatMap((node) => {
    if (node.type === 'Literal' && typeof node.value === 'string') return [node.value]
    // ESTree: the value of a template element holds its text as `cooked`.
    if (node.type === 'TemplateElement') return [String((node.value as { cooked?: string }).cooked)]
    return []
  })
}

export interface Graph {
  /** The scripts of the build it loads, sooner or later. */
  readonly scripts: readonly string[]
  /** What else it asks for: packages and modules of Node. */
  readonly packages: readonly string[]
}

/** What a script loads, also by import(). */
export function graphOf(app: BuiltApp, entry: string): Graph {
  const [scripts, packages] = [new Set([entry]), new Set<string>()]
  for (const script of scripts)
    for (const name of importsOf(app.get(script) ?? '')) {
      if (name.startsWith('.')) scripts.add(posix.join(posix.dirname(script), name))
      else packages.add(name)
    }
  return { scripts: [...scripts], packages: [...packages] }
}

const importing = ['ImportDeclaration', 'ImportExpression', 'ExportNamedDeclaration', 'ExportAllDeclaration']

/** What a script asks for by a fixed name, also by import(). */
export function importsOf(code: string): readonly string[] {
  return nodesOf(code).flatMap(({ type, source }) => {
    const isFixed = importing.includes(type) && typeof source === 'object' && source !== null && 'value' in source
    return isFixed ? [String(source.value)] : []
  })
}
