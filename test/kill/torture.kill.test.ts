/** A small dose of the torture run (`npm run torture`), and its twins: what it finds when a defence is taken away. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { writeClasses } from '#shared/model/object.ts'
import { readCrashState } from '../torture/crash-state.ts'
import { tortureAtPoints } from '../torture/point-kills.ts'
import { allPoints, pointsOf } from '../torture/points.ts'
import { torture } from '../torture/random-kills.ts'
import { isClean, type Result } from '../torture/result.ts'
import type { Twin } from '../torture/twins.ts'
import { openWorld } from '../torture/world.ts'

const seed = 20_261_126
const limitMs = 180_000
/** Many writes are committed late, and some are given an answer before. */
const harsh = { slowCommits: 0.9, early: 0.2 }

function seen({ writeClass, kills, writes, uncertain, held, seconds, notes }: Result): void {
  const figures = `${kills} kills, ${writes} writes, ${uncertain} uncertain, ${held} held, ${Math.round(seconds)} s`
  console.log([`class ${writeClass}: ${figures}`, ...notes].join('\n'))
}

describe.concurrent('a core that is killed at every point', () => {
  // Side by side, since much of it is waiting.
  const shares = [0, 1, 2]
  for (const share of shares) {
    it(
      `loses nothing and repeats nothing, class K, share ${share + 1} of ${shares.length}`,
      async ({ expect }) => {
        const points = pointsOf('K').filter((_point, index) => index % shares.length === share)
        const temper = { slowCommits: 0.01, slowAnswers: 0.01 }
        const options = { writeClass: 'K', seed: seed + share, temper, points, hits: [1], pointsPerCheck: 8 } as const
        const { result, kills } = await tortureAtPoints(options)
        seen(result)
        expect(isClean(result)).toBe(true)
        expect([...kills].filter(([, count]) => count > 0).map(([point]) => point)).toEqual(points)
      },
      limitMs,
    )
  }

  it('meets every point in one class or another', ({ expect }) => {
    const met = new Set(writeClasses.flatMap(pointsOf))
    expect(allPoints.filter((point) => !met.has(point))).toEqual([
      'run: before openIntents',
      'run: after openIntents',
      'recovery: before finish',
      'recovery: after finish',
    ])
  })
})

describe.concurrent('a core that is killed at random moments', () => {
  for (const writeClass of writeClasses) {
    it(
      `loses nothing and repeats nothing, class ${writeClass}`,
      async ({ expect }) => {
        const result = await torture({ writeClass, seed, kills: 5, killsPerCheck: 5 })
        seen(result)
        expect([isClean(result), result.kills]).toEqual([true, 5])
      },
      limitMs,
    )
  }
})

describe.concurrent('without a defence', () => {
  const cases: readonly (readonly [Twin, Result['writeClass'], 'lost' | 'duplicated'])[] = [
    ['new-keys', 'K', 'duplicated'],
    ['no-settling', 'F', 'duplicated'],
    ['no-settling', 'S', 'duplicated'],
    ['send-again', 'N', 'duplicated'],
    ['no-recovery', 'C', 'lost'],
    ['no-recovery', 'U', 'lost'],
  ]
  for (const [twin, writeClass, what] of cases) {
    it(
      `(${twin}, class ${writeClass}) records are ${what}`,
      async ({ expect }) => {
        const result = await torture({ writeClass, seed, twin, temper: harsh, kills: 12, killsPerCheck: 3 })
        console.log(`${twin}, class ${writeClass}: ${result[what]} ${what} after ${result.kills} kills`)
        expect(result[what]).toBeGreaterThan(0)
      },
      limitMs,
    )
  }

  it('damage to the database is seen', async ({ expect }) => {
    const world = await openWorld({ writeClass: 'K', seed })
    const path = join(world.dataFolder, 'patchbay.db')
    const before = readCrashState(world.dataFolder).damage
    const bytes = readFileSync(path)
    bytes.fill(0xff, 4096 * 3, 4096 * 4)
    writeFileSync(path, bytes)
    const after = readCrashState(world.dataFolder).damage
    await world.stop()
    expect([before, after === '']).toEqual(['', false])
  })
})
