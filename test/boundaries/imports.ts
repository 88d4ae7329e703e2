/** Reads the imports of source files and judges them by the table of rooms. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { guardedPackages, type Room, rooms } from './rooms.ts'

export interface SourceFile {
  /** Path below src, with forward slashes. */
  readonly path: string
  readonly text: string
}

export function sourceFiles(src: string): readonly SourceFile[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(src, path), 'utf8') }))
}

/** What breaks the table, one sentence each. */
export function violations(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const from = roomOf(file.path)
    if (!from) return [`${file.path} is in no room`]
    return importsOf(file).flatMap((target) => judge(file, from, target))
  })
}

interface Place {
  readonly room: Room
  /** The room with its `*` filled in: connectors/rest and connectors/files are different places. */
  readonly place: string
}

function roomOf(path: string): Place | undefined {
  for (const room of rooms) {
    const pattern = new RegExp(`^(${room.folder.replace('*', '[^/]+')})`)
    const found = pattern.exec(path)?.[1]
    if (found) return { room, place: found.slice(0, -1) }
  }
  return undefined
}

function importsOf({ text }: SourceFile): readonly string[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"\n]*?from\s+['"]([^'"]+)['"]|(?:^|\n)\s*import\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)[^'"\n]*\}\s+from\s+['"]([^'"]+)['"]/g,
  )
  return [...found].flatMap((match) => match.slice(1).filter((part) => part !== undefined))
}

function judge(file: SourceFile, from: Place, target: string): readonly string[] {
  const inside = pathBelowSrc(file, target)
  if (inside === undefined) return judgePackage(file, from, target)
  if (inside.startsWith('../'))
    return inside === '../package.json' ? [] : [`${file.path} imports ${target}, outside src`]
  const to = roomOf(inside)
  if (!to) return [`${file.path} imports ${target}, which is in no room`]
  if (to.place === from.place) return []
  const isAllowed = from.room.mayImport.some((name) => name === to.room.name || inside.startsWith(`${name}`))
  return isAllowed ? [] : [`${file.path} (${from.room.name}) must not import ${target} (${to.room.name})`]
}

function pathBelowSrc(file: SourceFile, target: string): string | undefined {
  if (target.startsWith('.')) return posix.normalize(posix.join(posix.dirname(file.path), target))
  const alias = /^#(shared|main|renderer)\/(.*)$/.exec(target)
  return alias ? `${alias[1]}/${alias[2]}` : undefined
}

function judgePackage(file: SourceFile, from: Place, target: string): readonly string[] {
  if (target.startsWith('#')) return [`${file.path} imports ${target}, which is not for the app`]
  const isNode = target.startsWith('node:')
  const isPure = from.place === 'shared' || from.place.startsWith('renderer')
  if (isNode) return isPure ? [`${file.path} imports ${target}: this room knows no Node`] : []
  const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? target)
  const guards = guardedPackages[name]
  if (guards && !guards.some((guard) => from.place === guard || from.place.startsWith(`${guard}/`))) {
    return [`${file.path} must not import ${name}: only ${guards.join(', ')} may`]
  }
  if (from.room.packages && !from.room.packages.includes(name))
    return [`${file.path} (${from.room.name}) must not import the package ${name}`]
  return []
}

/** The src folder of this project. */
export const projectSource: string = resolve(import.meta.dirname, '../../src')
