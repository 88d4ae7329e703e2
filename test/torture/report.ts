/** Shows what a torture run found, one line for each class. */
import type { PointResult } from './point-kills.ts'
import { allPoints } from './points.ts'
import type { Result } from './result.ts'

const columns = [
  'class',
  'kills',
  'writes',
  'uncertain',
  'lost',
  'duplicated',
  'held',
  'unlisted',
  'excess',
  'integrity',
  'stuck',
  'seconds',
]

export function resultTable(results: readonly Result[]): string {
  const rows = results.map((result) =>
    [
      result.writeClass,
      result.kills,
      result.writes,
      result.uncertain,
      result.lost,
      result.duplicated,
      result.held,
      result.unlisted,
      result.excess,
      result.integrityFailures,
      result.stuck,
      Math.round(result.seconds),
    ].map(String),
  )
  return table([columns, ...rows])
}

/** Columns as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')).join('\n')
}

/** Kills at each point by class; a dash: the class cannot meet it. */
export function pointTable(met: readonly PointResult[]): string {
  const head = ['point', ...met.map(({ result }) => result.writeClass)]
  const rows = allPoints.map((point) => [point, ...met.map(({ kills }) => String(kills.get(point) ?? '-'))])
  return table([head, ...rows])
}
