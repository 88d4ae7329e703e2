/**
 * The bench: ratios to a bare loop, rates, peak memory, the first screen, the window under load and history, of the built product.
 *   npm run bench [-- --rounds 5] [-- --only speed|memory|screen|window|history] [--rows 1000000]
 * Absolute times are noisy; ratios come from pairs that ran one after the other.
 */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { measureHistory } from './history.ts'
import { measureMemory } from './memory.ts'
import { measureScreen } from './screen.ts'
import { measureSpeed } from './speed.ts'
import { measureWindow } from './window.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    rows: { type: 'string', default: '1000000' },
  },
})
const rounds = Number(values.rounds)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

say(
  `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.version}, ${process.platform}; medians of ${rounds}`,
)
if ('speed'.includes(values.only)) await measureSpeed(rounds, say)
if ('memory'.includes(values.only)) await measureMemory(say)
if ('screen'.includes(values.only)) await measureScreen(rounds, say)
if ('window'.includes(values.only)) await measureWindow(Number(values.rows), say)
if ('history'.includes(values.only)) await measureHistory(Number(values.rows), say)
