/**
 * The torture run: kills the core and counts at the service.
 *   npm run torture [-- --kills 60] [--class K|U|C|F|S|N] [--seed 1] [--points] [--hits 1,2,7]
 * `--kills`: kills at random moments for each class. `--points`: kills at every named point instead, when it is passed
 * for the n-th time; with one hit only, both sides are compared after every eighth point instead of each.
 */
import { parseArgs } from 'node:util'
import { writeClasses } from '#shared/model/object.ts'
import { type PointResult, tortureAtPoints } from './point-kills.ts'
import { torture } from './random-kills.ts'
import { pointTable, resultTable } from './report.ts'
import { isClean, type Result } from './result.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '60' },
    class: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    points: { type: 'boolean', default: false },
    hits: { type: 'string', default: '1,2,7' },
  },
})
const seed = Number(values.seed)
const chosen = writeClasses.filter((one) => values.class === '' || values.class.includes(one))
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const results: Result[] = []
const isWithoutHit = values.points ? await atPoints() : await atRandom()
say(`\nseed ${seed}\n${resultTable(results)}`)
process.exitCode = results.every(isClean) && !isWithoutHit ? 0 : 1

async function atRandom(): Promise<boolean> {
  for (const writeClass of chosen) {
    const onCheck = ({ kills, seconds }: Result) => say(`${writeClass}: ${kills} kills, ${Math.round(seconds)} s`)
    add(await torture({ writeClass, seed, kills: Number(values.kills), killsPerCheck: 10, onCheck }))
  }
  return false
}

/** Answers whether a point was not met by a class that can meet it. */
async function atPoints(): Promise<boolean> {
  const met: PointResult[] = []
  const hits = values.hits.split(',').map(Number)
  const pointsPerCheck = hits.length > 1 ? 1 : 8
  for (const writeClass of chosen) {
    const onPoint = (point: string, kills: number) => say(`${writeClass}  ${point}: ${kills}`)
    met.push(await tortureAtPoints({ writeClass, seed, hits, pointsPerCheck, onPoint }))
  }
  for (const { result } of met) add(result)
  say(`\n${pointTable(met)}`)
  return met.some(({ kills }) => [...kills.values()].includes(0))
}

function add(result: Result): void {
  for (const note of result.notes) say(note)
  results.push(result)
}
