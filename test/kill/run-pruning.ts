/**
 * Removes the old history of a data folder in a process of its own, so that tests can kill it:
 *   node run-pruning.ts DATA_FOLDER
 * Prints a line when it begins and what was removed when it ends.
 */
import { openStore } from '#main/store/open-store.ts'
import { pruneHistory } from '#main/use-cases/history/prune-history.ts'
import { historyNowMs } from '../support/history-past.ts'
import { realClock } from '../support/real-clock.ts'

const [folder = ''] = process.argv.slice(2)
const clock = { ...realClock, now: () => historyNowMs }
const store = openStore({ folder, nowMs: clock.now })
process.stdout.write('begun\n')
const pruned = await pruneHistory({ store, clock, isBusy: () => false }, new AbortController().signal)
store.close()
process.stdout.write(`${JSON.stringify(pruned)}\n`)
