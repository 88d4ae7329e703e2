/** The exact request of a write, made once and kept in the journal. It holds no secret: keys are added when it is sent. */

import { wrapAt } from '#main/connector-kit/body-path.ts'
import { AppError } from '#shared/errors.ts'
import { isJsonObject, type Json } from '#shared/json.ts'
import type { WriteCommand } from '#shared/model/connected.ts'
import type { Values } from '#shared/model/value.ts'
import { fillPath } from './path-template.ts'
import { type KnownObject, merged, writeRecord } from './wire-records.ts'

export interface PreparedRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** Absent for delete. */
  readonly body?: string
  readonly externalId?: string
  /** Value of If-Match. */
  readonly ifMatch?: string
  /** The body holds changes only; the service wants the whole record, which is read right before sending. */
  readonly isMerged?: boolean
}

/** Pure. Throws AppError (data) for what cannot be written, AppError (config) for an operation that is not offered. */
export function prepareWrite(object: KnownObject, command: WriteCommand): string {
  const { operation } = command
  const request = preparers[operation](object, command)
  if (!request) throw notOffered(object, operation)
  // The body stands behind the first line as it is: put into the JSON before it, it would be escaped and parsed twice.
  const { body, ...head } = request
  return body === undefined ? JSON.stringify(head) : `${JSON.stringify(head)}\n${body}`
}

/** The request of a journal text that `prepareWrite` made. */
export function parsePrepared(text: string): PreparedRequest {
  const end = text.indexOf('\n')
  // Only `prepareWrite` writes this text; JSON has no line break outside of escapes.
  const head = JSON.parse(end < 0 ? text : text.slice(0, end)) as PreparedRequest
  return end < 0 ? head : { ...head, body: text.slice(end + 1) }
}

type Prepare = (object: KnownObject, command: WriteCommand) => PreparedRequest | undefined

const prepareCreate: Prepare = (object, { values }) => {
  const { create } = object
  if (!create) return undefined
  const path = fillPath(create.path, () => textsOf(values))
  return { method: create.method, path, body: bodyText(create.wrapAt, writeRecord(object, values)) }
}

const prepareUpdate: Prepare = (object, command) => {
  const { update } = object
  if (!update) return undefined
  const isFull = (update.body ?? (update.method === 'PUT' ? 'full' : 'changed')) === 'full'
  if (isFull && !object.get) throw notOffered(object, 'update of whole records without get')
  const { path, externalId } = ownPath(update.path, command)
  const ifMatch = ifMatchOf(object, command.version)
  return {
    method: update.method,
    path,
    externalId,
    body: bodyText(update.wrapAt, withBodyVersion(object, writeRecord(object, command.values), command.version)),
    ...(ifMatch !== undefined && { ifMatch }),
    ...(isFull && { isMerged: true }),
  }
}

const prepareUpsert: Prepare = (object, command) => {
  const { upsert } = object
  if (!upsert) return undefined
  const path = fillPath(upsert.path, () => ({ id: command.externalId, ...textsOf(command.values) }))
  return { method: upsert.method, path, body: bodyText(upsert.wrapAt, writeRecord(object, command.values)) }
}

const prepareDelete: Prepare = (object, command) => {
  if (!object.delete) return undefined
  const ifMatch = ifMatchOf(object, command.version)
  return { method: 'DELETE', ...ownPath(object.delete.path, command), ...(ifMatch !== undefined && { ifMatch }) }
}

const preparers: { readonly [O in WriteCommand['operation']]: Prepare } = {
  create: prepareCreate,
  update: prepareUpdate,
  upsert: prepareUpsert,
  delete: prepareDelete,
}

function ownPath(template: string, { externalId, values }: WriteCommand): { path: string; externalId: string } {
  return { path: fillPath(template, () => ({ ...textsOf(values), id: externalId })), externalId: externalId ?? '' }
}

function textsOf(values: Values): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'number' ? String(value) : undefined,
    ]),
  )
}

function bodyText(at: string, record: Json): string {
  return JSON.stringify(wrapAt(at, record))
}

function ifMatchOf({ version }: KnownObject, planned: string | undefined): string | undefined {
  if (!version || planned === undefined || version.sendAs === 'body') return undefined
  return version.sendAs === 'if-match-quoted' ? `"${planned}"` : planned
}

function withBodyVersion(object: KnownObject, record: Json, planned: string | undefined): Json {
  const { version, fields } = object
  if (version?.sendAs !== 'body' || version.field === undefined || planned === undefined) return record
  const isNumber = fields.find((field) => field.name === version.field)?.type === 'number'
  return merged(record, wrapAt(version.field, isNumber ? Number(planned) : planned))
}

/** The whole record with the changes in it, without what only the service writes. */
export function mergeInto(object: KnownObject, current: Json, changes: Json): Json {
  const whole: Record<string, Json> = isJsonObject(current) ? { ...current } : {}
  const kept = new Set(isJsonObject(changes) ? Object.keys(changes) : [])
  for (const field of object.fields) {
    const top = (field.at ?? field.name).split(/[.[]/)[0] ?? ''
    const isOwn = field.readOnly || field.name === object.idField
    if (isOwn && top === (field.at ?? field.name) && !kept.has(top)) delete whole[top]
  }
  return merged(whole, changes)
}

function notOffered(object: KnownObject, what: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'not-offered',
    message: `${object.label} cannot be written this way (${what}).`,
    kept: 'Nothing was sent.',
    next: 'Add it to the object in the settings of the connection.',
    details: { object: object.name, what },
  })
}
