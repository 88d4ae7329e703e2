/**
 * The records of a counted list that were read last, in their order. By them a page is known as the continuation of
 * what was read: it must begin with a record of the trail, because then it leaves out nothing that follows it.
 */
import { hash } from 'node:crypto'
import type { Json } from '#shared/json.ts'

export interface TrailEntry {
  readonly key: string
  /** Position of the page it was read on, and its index there. */
  readonly at: number
  readonly index: number
}

export type Trail = readonly TrailEntry[]

export interface KeyedPage {
  readonly at: number
  readonly keys: readonly string[]
}

/** A short key that is equal for the same record only: 96 bits, no part of what the record says. */
export function recordKey(record: Json, id: string | undefined): string {
  const text = id === undefined ? JSON.stringify(record) : `id ${id}`
  return hash('sha1', text, 'base64').slice(0, 16)
}

/**
 * Whether a page that begins with these records joins the trail. Two in a row are wanted: a single record may have
 * been moved here by an edit, with others between its old and its new place.
 */
export function joins(trail: Trail, [first, second]: readonly string[]): boolean {
  const firstPlace = placeOf(trail, first)
  if (firstPlace < 0) return false
  if (second === undefined || trail.length === 1) return true
  return placeOf(trail, second) > firstPlace
}

/** Whether a page holds a record that is not in the trail. */
export function bringsMore(trail: Trail, { keys }: KeyedPage): boolean {
  const known = new Set(trail.map(({ key }) => key))
  return keys.some((key) => !known.has(key))
}

/**
 * By how many records a page that joins the trail stands further from the start than before; below zero: nearer.
 * `width` is the number of records of a position, 1 where positions count records.
 */
export function shiftOf(trail: Trail, { at, keys }: KeyedPage, width: number): number {
  const before = trail[placeOf(trail, keys[0])]
  return before === undefined ? 0 : (at - before.at) * width - before.index
}

/** The trail after a page that continues it and stands `shift` records further than before; at most `most` long. */
export function extendTrail(trail: Trail, { at, keys }: KeyedPage, shift: number, most: number): Trail {
  const read = new Set(keys)
  const cut = trail.findIndex(({ key }) => read.has(key))
  const kept = cut < 0 ? trail : trail.slice(0, cut)
  const shifted = shift === 0 ? kept : kept.map((entry) => ({ ...entry, index: entry.index + shift }))
  return [...shifted, ...keys.map((key, index) => ({ key, at, index }))].slice(-most)
}

function placeOf(trail: Trail, wanted: string | undefined): number {
  return wanted === undefined ? -1 : trail.findIndex(({ key }) => key === wanted)
}
