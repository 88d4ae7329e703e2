/** Runs every row over every sample in small slices, so that typing never waits for it. */
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import type { Values } from '#shared/model/value.ts'
import type { Preview } from './preview.ts'

export interface CheckResult {
  /** By row: how many samples it fails for. */
  readonly failures: ReadonlyMap<Row, number>
  /** Positions of the samples that fail in any row. */
  readonly failing: ReadonlySet<number>
  readonly isComplete: boolean
}

export const nothingChecked: CheckResult = { failures: new Map(), failing: new Set(), isComplete: false }

/** The longest stretch of work without a pause: well below one frame. */
const sliceMs = 6

export interface Checking {
  readonly rows: readonly Row[]
  readonly samples: readonly Values[]
  readonly preview: Preview
  readonly onResult: (result: CheckResult) => void
  /** Lets others go first; then calls back. */
  readonly later: (work: () => void) => void
  readonly nowMs: () => number
}

/** Answers how to stop. Reports once, when all is done. */
export function checkSamples({ rows, samples, preview, onResult, later, nowMs }: Checking): () => void {
  const failures = new Map<Row, number>()
  const failing = new Set<number>()
  let isStopped = false
  let at = 0
  const total = rows.length * samples.length

  const checkOne = (): void => {
    const row = rows[Math.floor(at / samples.length)]
    const position = at % samples.length
    const sample = samples[position]
    at += 1
    if (!row || !sample) return
    const { issues, mistake } = preview.of(row, sample)
    if (issues.length === 0 && !mistake) return
    failures.set(row, (failures.get(row) ?? 0) + 1)
    failing.add(position)
  }

  const slice = (): void => {
    if (isStopped) return
    const endMs = nowMs() + sliceMs
    while (at < total && nowMs() < endMs) checkOne()
    if (at < total) later(slice)
    else onResult({ failures, failing, isComplete: true })
  }
  later(slice)
  return () => {
    isStopped = true
  }
}
