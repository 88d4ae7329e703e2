/**
 * Simulated histories of two-way integrations (every second one) and of one-way legs, fan-outs and aggregations:
 *   npm run simulate -- [--steps 1000000] [--seed 1] [--history 200]
 * A history that fails prints the seed that replays it.
 */
import { parseArgs } from 'node:util'
import { simulateHistory } from './history.ts'
import { simulateLegs } from './legs-history.ts'

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    history: { type: 'string', default: '200' },
  },
})
const [wanted, first, length] = [Number(values.steps), Number(values.seed), Number(values.history)]
const sum = { steps: 0, runs: 0, crashes: 0, writes: 0 }
let failed = 0
const startedAt = Date.now()
for (let seed = first; sum.steps < wanted; seed += 1) {
  const simulate = seed % 2 === 0 ? simulateHistory : simulateLegs
  const { violations, ...counts } = await simulate({ seed, steps: length })
  for (const name of ['steps', 'runs', 'crashes', 'writes'] as const) sum[name] += counts[name]
  if (violations.length === 0) continue
  failed += 1
  console.log(
    `seed ${seed} (--seed ${seed} --steps ${length} --history ${length}): ${violations.slice(0, 5).join('; ')}`,
  )
}
const seconds = Math.round((Date.now() - startedAt) / 1000)
console.log(
  `${sum.steps} steps, ${sum.runs} runs, ${sum.crashes} crashes, ${sum.writes} writes in ${seconds} s: ${failed} histories with violations`,
)
process.exitCode = failed === 0 ? 0 : 1
