/** Reads definition files (YAML or JSON): every complaint names line and column. */
import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import { tryReadSchedule } from '#shared/schedule/read-schedule.ts'
import { type DefinitionsFile, definitionsFileSchema } from './definitions-schema.ts'

type Path = readonly PropertyKey[]

export interface ReadDefinitions {
  readonly definitions: DefinitionsFile
  /** Makes the error for something wrong at a place of this file, e.g. ['integrations', 0, 'mapping', 3]. */
  readonly complain: (path: Path, message: string, next?: string) => AppError
}

/** Throws AppError `definitions-invalid` with line and column for the first thing that is wrong. */
export function readDefinitions(text: string, fileName: string): ReadDefinitions {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const problem = document.errors[0]
  if (problem) throw invalid(fileName, positionAt(lines, problem.pos[0]), problem.message)
  const complain = (path: Path, message: string, next?: string): AppError =>
    invalid(fileName, positionAt(lines, offsetOf(document, path)), message, path, next)
  const written: unknown = document.toJS({ maxAliasCount: 100 })
  const parsed = definitionsFileSchema.safeParse(written)
  if (parsed.success) return { definitions: parsed.data, complain }
  const issue = parsed.error.issues[0]
  throw scheduleComplaint(issue, written, complain) ?? complainOf(issue, complain)
}

/** A schedule has a form for each way to say it: its own reader knows which one was meant. */
function scheduleComplaint(
  issue: z.core.$ZodIssue | undefined,
  written: unknown,
  complain: ReadDefinitions['complain'],
): AppError | undefined {
  if (issue?.path[2] !== 'schedule') return undefined
  const place = issue.path.slice(0, 3)
  const inside = (value: unknown, key: PropertyKey): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  const read = tryReadSchedule(place.reduce(inside, written))
  return read.ok ? undefined : complain([...place, ...read.problem.path], read.problem.message, read.problem.next)
}

function complainOf(issue: z.core.$ZodIssue | undefined, complain: ReadDefinitions['complain']): AppError {
  if (!issue) return complain([], 'The file does not have the expected form.')
  const [unknown] = issue.code === 'unrecognized_keys' ? issue.keys : []
  if (unknown !== undefined)
    return complain(
      [...issue.path, unknown],
      `"${unknown}" is not a known field here.`,
      'Check the spelling, or see "patchbay schema".',
    )
  if (issue.code === 'invalid_union') return complain(...deepest(issue))
  return complain(issue.path, issue.message)
}

/** A union fails in every branch: the branch that came furthest is the one that was meant. */
function deepest(issue: z.core.$ZodIssueInvalidUnion): [Path, string] {
  let best: [Path, string] = [issue.path, issue.message]
  for (const branch of issue.errors) {
    for (const inner of branch) {
      const path = [...issue.path, ...inner.path]
      const candidate: [Path, string] =
        inner.code === 'invalid_union' ? deepest({ ...inner, path }) : [path, messageOf(inner)]
      if (candidate[0].length > best[0].length) best = candidate
    }
  }
  return best
}

function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys' ? `"${issue.keys.join('", "')}" is not a known field here.` : issue.message
}

interface Position {
  readonly line: number
  readonly column: number
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

/** Where the node of a path begins; the nearest parent that exists when the node itself is missing. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const offset = offsetAt(document, path.slice(0, length))
    if (offset !== undefined) return offset
  }
  return 0
}

function offsetAt(document: Document, path: Path): number | undefined {
  const parent: unknown = path.length === 0 ? document.contents : document.getIn(path.slice(0, -1), true)
  const key = path.at(-1)
  if (isMap(parent) && key !== undefined) {
    const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key)
    return pair && isNode(pair.key) ? pair.key.range?.[0] : undefined
  }
  const node: unknown = path.length === 0 ? parent : document.getIn([...path], true)
  return isNode(node) ? (node.range?.[0] ?? undefined) : undefined
}

function invalid(
  fileName: string,
  position: Position,
  message: string,
  path: Path = [],
  next = 'Correct the file at this place and import it again.',
): AppError {
  const place = path.map(String).join('.')
  return new AppError({
    kind: 'config',
    code: 'definitions-invalid',
    message: `${fileName}, line ${position.line}, column ${position.column}: ${message}`,
    kept: 'Nothing of the file was saved.',
    next,
    details: { file: fileName, line: position.line, column: position.column, ...(place === '' ? {} : { place }) },
  })
}
