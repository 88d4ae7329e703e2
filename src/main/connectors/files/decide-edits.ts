/**
 * Decides what a batch of writes does to the rows of a file. Ids make every write repeatable: a create that meets its
 * own row again is the same record, one that meets another row with the same id is a conflict, never an overwrite.
 */
import type { ErrorInfo } from '#shared/errors.ts'
import type { PreparedWrite, WriteReply } from '#shared/model/connected.ts'
import type { WriteOperation } from '#shared/model/object.ts'
import type { Value } from '#shared/model/value.ts'
import { plainText } from './declared-values.ts'
import type { Layout } from './layout.ts'
import { type CellWrite, readCellWrite } from './prepare-write.ts'
import { rowVersion } from './row-records.ts'

/** A row that carries an id of the batch. */
export interface FoundRow {
  readonly number: number
  readonly cells: readonly Value[]
  /** More than one row carries the id. */
  readonly isDouble: boolean
}

/** New cells of a row; `changed` are the positions that differ. */
export interface EditedRow {
  readonly cells: readonly Value[]
  readonly changed: ReadonlySet<number>
}

export interface Edits {
  /** By row number; null: the row goes. */
  readonly rows: ReadonlyMap<number, EditedRow | null>
  readonly added: readonly (readonly Value[])[]
  readonly replies: readonly WriteReply[]
}

export interface EditContext {
  readonly layout: Layout
  readonly found: ReadonlyMap<string, FoundRow>
  /** What stands for an empty cell: '' in CSV, null in a workbook. */
  readonly empty: Value
}

/** Ids the batch is about. */
export function idsOf(writes: readonly PreparedWrite[]): ReadonlySet<string> {
  return new Set(writes.map((write) => readCellWrite(write.request).id))
}

type RowState = { readonly cells: readonly Value[]; readonly changed: ReadonlySet<number> } | undefined

export function decideEdits(writes: readonly PreparedWrite[], context: EditContext): Edits {
  const states = new Map<string, RowState>()
  for (const [id, row] of context.found) states.set(id, { cells: row.cells, changed: new Set() })
  const replies = writes.map((write): WriteReply => {
    const request = readCellWrite(write.request)
    if (context.found.get(request.id)?.isDouble) return refused(doubleRow(request.id), context.layout.idField)
    const unknown = Object.keys(request.cells).find((name) => !context.layout.byName.has(name))
    if (unknown !== undefined) return refused(columnGone(unknown), unknown)
    const step = decideOne(write.operation, request, states.get(request.id), context)
    states.set(request.id, step.state)
    return step.reply
  })
  return { ...rowsAndAdded(states, context.found), replies }
}

function rowsAndAdded(
  states: ReadonlyMap<string, RowState>,
  found: ReadonlyMap<string, FoundRow>,
): Pick<Edits, 'rows' | 'added'> {
  const rows = new Map<number, EditedRow | null>()
  const added: (readonly Value[])[] = []
  for (const [id, state] of states) {
    const row = found.get(id)
    if (!row) {
      if (state) added.push(state.cells)
    } else if (!state) rows.set(row.number, null)
    else if (state.changed.size > 0) rows.set(row.number, state)
  }
  return { rows, added }
}

interface Step {
  readonly state: RowState
  readonly reply: WriteReply
}

function decideOne(operation: WriteOperation, request: CellWrite, state: RowState, context: EditContext): Step {
  if (operation === 'delete') return deleteRow(request, state)
  if (!state)
    return operation === 'update' ? { state, reply: refused(missingRow(request.id)) } : addRow(request, context)
  const differing = differingColumns(request, state.cells, context)
  if (differing.length === 0) return { state, reply: written(request.id, state.cells) }
  if (operation === 'create') return { state, reply: refused(otherRow(request.id, differing), differing[0]) }
  if (isStale(request, state)) return { state, reply: refused(staleRow(request.id)) }
  const next = withCells(request, state, context)
  return { state: next, reply: written(request.id, next.cells) }
}

function deleteRow(request: CellWrite, state: RowState): Step {
  if (state && isStale(request, state)) return { state, reply: refused(staleRow(request.id)) }
  return { state: undefined, reply: { status: 'written', externalId: request.id } }
}

function addRow(request: CellWrite, context: EditContext): Step {
  const blank = { cells: context.layout.columns.map(() => context.empty), changed: new Set<number>() }
  const state = withCells(request, blank, context)
  return { state, reply: written(request.id, state.cells) }
}

function isStale(request: CellWrite, state: NonNullable<RowState>): boolean {
  return request.version !== undefined && request.version !== rowVersion(state.cells)
}

function withCells(
  request: CellWrite,
  state: NonNullable<RowState>,
  { layout, empty }: EditContext,
): NonNullable<RowState> {
  const cells = layout.columns.map((column) => state.cells[column.index] ?? empty)
  const changed = new Set(state.changed)
  for (const [name, value] of Object.entries(request.cells)) {
    const index = layout.byName.get(name)?.index
    if (index === undefined || isSameCell(cells[index] ?? null, value)) continue
    cells[index] = value
    changed.add(index)
  }
  return { cells, changed }
}

function differingColumns(request: CellWrite, cells: readonly Value[], { layout }: EditContext): readonly string[] {
  return Object.entries(request.cells).flatMap(([name, value]) => {
    const index = layout.byName.get(name)?.index
    return index !== undefined && isSameCell(cells[index] ?? null, value) ? [] : [name]
  })
}

function isSameCell(a: Value, b: Value): boolean {
  return plainText(a ?? '') === plainText(b ?? '')
}

function written(externalId: string, cells: readonly Value[]): WriteReply {
  return { status: 'written', externalId, version: rowVersion(cells) }
}

function refused(error: ErrorInfo, field?: string): WriteReply {
  return { status: 'rejected', error, ...(field === undefined ? {} : { field }) }
}

const untouched = 'The row in the file is as it was.'

function doubleRow(id: string): ErrorInfo {
  return {
    kind: 'conflict',
    code: 'id-duplicate',
    message: `More than one row carries the id "${id}".`,
    kept: untouched,
    next: 'Remove or correct one of them in the file, then try again.',
  }
}

function missingRow(id: string): ErrorInfo {
  return {
    kind: 'conflict',
    code: 'row-missing',
    message: `There is no row "${id}" in the file any more.`,
    kept: 'Nothing was written.',
    next: 'Decide whether the row should be made again.',
  }
}

function columnGone(name: string): ErrorInfo {
  return {
    kind: 'data',
    code: 'unknown-field',
    message: `The file has no column "${name}" any more.`,
    kept: 'Nothing was written for this record.',
    next: 'Put the column back into the file, or take it out of the mapping.',
  }
}

function otherRow(id: string, fields: readonly string[]): ErrorInfo {
  return {
    kind: 'conflict',
    code: 'row-exists',
    message: `A row "${id}" is already in the file, with other values in ${fields.slice(0, 5).join(', ')}.`,
    kept: untouched,
    next: 'Decide which values are right, or match existing rows by their id.',
  }
}

function staleRow(id: string): ErrorInfo {
  return {
    kind: 'conflict',
    code: 'stale-version',
    message: `The row "${id}" was changed in the file since it was read.`,
    kept: 'The change made in the file stands.',
    next: 'Nothing to do: the row is compared anew.',
  }
}
