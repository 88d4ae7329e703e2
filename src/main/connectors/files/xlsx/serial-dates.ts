/**
 * Excel's day numbers. In the 1900 system 60 is a 29 February 1900 that never was (kept for Lotus 1-2-3), so days
 * below it are one off; the 1904 system starts at 0 = 1 January 1904.
 */
import type { NumberKind } from './number-format.ts'

const dayMs = 86_400_000
const epoch1900Ms = Date.UTC(1899, 11, 30)
const epoch1904Ms = Date.UTC(1904, 0, 1)
/** 31 December 9999, the last day Excel knows. */
const lastSerial = 2_958_465

/**
 * Text of a day number: '2026-03-01', '2026-03-01T09:30:00' (no zone: a sheet has none), '09:30:00', or hours for a
 * duration ('36:15:00'). Undefined where there is no such day.
 */
export function serialText(serial: number, kind: Exclude<NumberKind, 'number'>, is1904: boolean): string | undefined {
  if (kind === 'duration') return durationText(serial)
  if (serial < 0 || serial > lastSerial + 1) return undefined
  if (kind === 'time' && serial < 1) return clockText(serial)
  if (!is1904 && Math.floor(serial) === 60) return undefined
  const days = !is1904 && serial < 60 ? serial + 1 : serial
  const text = new Date(Math.round((is1904 ? epoch1904Ms : epoch1900Ms) + days * dayMs)).toISOString()
  const isWholeDay = text.endsWith('T00:00:00.000Z')
  return kind === 'date' && isWholeDay ? text.slice(0, 10) : text.slice(0, -1).replace('.000', '')
}

function clockText(share: number): string {
  return new Date(Math.round(share * dayMs)).toISOString().slice(11, -1).replace('.000', '')
}

function durationText(serial: number): string {
  const seconds = Math.round(Math.abs(serial) * 86_400)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return `${serial < 0 ? '-' : ''}${hours}:${pad(minutes)}:${pad(seconds % 60)}`
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}

/** Day number of a date text in the 1900 system; undefined for what is no date after February 1900. */
export function serialOf(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined
  const ms = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date) return undefined
  const serial = (ms - epoch1900Ms) / dayMs
  return serial > 60 && serial <= lastSerial ? serial : undefined
}
