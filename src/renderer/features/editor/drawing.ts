/** Places of boxes and lines in the overview: fields read on the left, fields written on the right. Pure. */
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import { pathsOf } from './source-paths.ts'

export interface Box {
  readonly name: string
  readonly label: string
  readonly x: number
  readonly y: number
}

export interface FlowDrawing {
  readonly width: number
  readonly height: number
  readonly boxWidth: number
  readonly boxHeight: number
  readonly left: readonly Box[]
  readonly right: readonly Box[]
  readonly lines: readonly { readonly key: string; readonly path: string }[]
}

export interface DrawingWords {
  readonly fixed: string
  readonly workedOut: string
}

const boxWidth = 260
const boxHeight = 30
const gap = 8
const middle = 220
/** What fits into a box at the size of its letters. */
const mostLetters = 32

/** Labels are of destination fields; a source field is called as the mapping names it. */
export function drawingOf(rows: readonly Row[], labels: ReadonlyMap<string, string>, words: DrawingWords): FlowDrawing {
  const wires = rows.flatMap((row) => startsOf(row, words).map((from) => ({ from, to: row.to })))
  const left = column([...new Set(wires.map(({ from }) => from))], 0, new Map())
  const right = column([...new Set(rows.map(({ to }) => to))], boxWidth + middle, labels)
  const centre = (box: Box | undefined): number => (box?.y ?? 0) + boxHeight / 2
  const lines = wires.map(({ from, to }) => {
    const startY = centre(left.find(({ name }) => name === from))
    const endY = centre(right.find(({ name }) => name === to))
    const [startX, endX] = [boxWidth, boxWidth + middle]
    const half = (startX + endX) / 2
    return { key: `${from}→${to}`, path: `M${startX} ${startY}C${half} ${startY} ${half} ${endY} ${endX} ${endY}` }
  })
  const height = Math.max(left.length, right.length, 1) * (boxHeight + gap) - gap
  return { width: 2 * boxWidth + middle, height, boxWidth, boxHeight, left, right, lines }
}

function startsOf(row: Row, words: DrawingWords): readonly string[] {
  const paths = [...new Set(pathsOf(row))]
  if (paths.length > 0) return paths
  return [row.value === undefined ? words.workedOut : words.fixed]
}

function column(names: readonly string[], x: number, labels: ReadonlyMap<string, string>): readonly Box[] {
  return names.map((name, index) => ({ name, label: cut(labels.get(name) ?? name), x, y: index * (boxHeight + gap) }))
}

function cut(label: string): string {
  return label.length > mostLetters ? `${label.slice(0, mostLetters - 1)}…` : label
}
