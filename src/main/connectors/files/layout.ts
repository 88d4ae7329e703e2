/** How the columns of a table become the fields of an object. */
import { AppError } from '#shared/errors.ts'
import type { FieldDescription, FieldType } from '#shared/model/object.ts'
import type { ColumnSettings, FilesSettings } from './settings.ts'
import type { TableColumn } from './table.ts'

export interface LayoutColumn {
  readonly name: string
  readonly index: number
  /** Only where the settings declare the column. */
  readonly declared?: ColumnSettings
}

export interface Layout {
  readonly columns: readonly LayoutColumn[]
  readonly byName: ReadonlyMap<string, LayoutColumn>
  /** Columns that identify a row; empty: its content does. */
  readonly idColumns: readonly LayoutColumn[]
  readonly idField: string
  readonly fields: readonly FieldDescription[]
}

/** Throws AppError (config, `column-missing`) where the settings name a column the file does not have. */
export function layoutOf(found: readonly TableColumn[], settings: FilesSettings, label: string): Layout {
  const columns = found.map(({ name }, index): LayoutColumn => {
    const declared = Object.hasOwn(settings.columns, name) ? settings.columns[name] : undefined
    return { name, index, ...(declared ? { declared } : {}) }
  })
  const byName = new Map(columns.map((column) => [column.name, column]))
  const named = [...settings.idColumns, ...Object.keys(settings.columns)]
  const missing = named.find((name) => !byName.has(name))
  if (missing !== undefined) throw columnMissing(missing, label, [...byName.keys()])
  const idColumns = settings.idColumns.flatMap((name) => byName.get(name) ?? [])
  const [single] = idColumns.length === 1 ? idColumns : []
  const idField = single?.name ?? freeName('_id', byName)
  const fields = found.map((column, index) =>
    fieldOf(column, columns[index]?.declared, { idField, idColumns: settings.idColumns }),
  )
  return {
    columns,
    byName,
    idColumns,
    idField,
    fields: single ? fields : [...fields, rowIdField(idField, idColumns.length > 0)],
  }
}

function freeName(wanted: string, taken: ReadonlyMap<string, LayoutColumn>): string {
  return taken.has(wanted) ? freeName(`_${wanted}`, taken) : wanted
}

interface IdNames {
  readonly idField: string
  readonly idColumns: readonly string[]
}

function fieldOf(column: TableColumn, declared: ColumnSettings | undefined, ids: IdNames): FieldDescription {
  const type: FieldType = declared?.type ?? column.seenType
  const words = declared ? [declaredNote(declared)] : column.notes
  const note = words.join('; ')
  return {
    name: column.name,
    label: column.name,
    type,
    ...(ids.idColumns.includes(column.name) ? { required: true } : {}),
    ...(ids.idField === column.name ? { unique: true } : {}),
    ...(note ? { note } : {}),
  }
}

function declaredNote({ type, decimalMark, dateFormat }: ColumnSettings): string {
  const how = [
    decimalMark ? `decimal mark ${decimalMark}` : '',
    dateFormat ? `dates written ${dateFormat}` : '',
  ].filter(Boolean)
  return [`declared as ${type}`, ...how].join(', ')
}

function rowIdField(name: string, isOfColumns: boolean): FieldDescription {
  const note = isOfColumns
    ? 'made of the id columns'
    : 'made of the content of the row and how often the same row has come: a row that is edited counts as a new one. Declare "idColumns" to follow edits'
  return { name, label: 'Row id', type: 'text', readOnly: true, unique: true, note }
}

function columnMissing(name: string, label: string, has: readonly string[]): AppError {
  return new AppError({
    kind: 'config',
    code: 'column-missing',
    message: `${label} has no column "${name}", which the connection names.`,
    kept: 'Nothing was read or written.',
    next: `Correct the column name in the connection. The columns are: ${has.slice(0, 20).join(', ')}.`,
    details: { column: name },
  })
}
