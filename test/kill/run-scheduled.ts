/**
 * A host without a window on a clock that goes 300 times as fast, in a process of its own, which kills itself (signal 9)
 * at a moment of a due time:
 *   node run-scheduled.ts DATA_FOLDER START claimed|begun|started|never [--no-lock]
 * `claimed`: the due time is recorded, its run has not begun; `begun`: the run has begun, the due time still waits;
 * `started`: both are recorded. `never`: ends when nothing waits and nothing runs. Prints one line of JSON.
 */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createCore } from '#main/app/core.ts'
import { takeDataLock } from '#main/app/host/files/data-lock.ts'
import { errorInfoOf } from '#shared/errors.ts'
import { fastClock } from '../support/fast-clock.ts'
import { memoryKeychain } from '../support/keychain/memory-keychain.ts'
import { realClock } from '../support/real-clock.ts'

const [dataFolder = '', start = '', moment = 'never', flag] = process.argv.slice(2)
const db = new Database(join(dataFolder, 'patchbay.db'), { readonly: true })
const count = (sql: string): number => db.prepare<[], number>(`select count(*) from ${sql}`).pluck().get() ?? 0
const waits = `slot where outcome = 'waiting'`
const moments: Readonly<Record<string, () => boolean>> = {
  claimed: () => count(waits) === 1 && count(`${waits} and run in (select id from run)`) === 0,
  begun: () => count(`${waits} and run in (select id from run)`) === 1,
  started: () => count(`slot where outcome = 'ran' and due_at > '${start.slice(0, 10)}'`) === 1 && count(waits) === 0,
}

const say = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

const lock = flag === '--no-lock' ? { release: () => undefined } : await takeDataLock(dataFolder).catch(refuse)
const core = await createCore({
  dataFolder,
  clock: fastClock(start, 300),
  zone: () => 'UTC',
  publish: () => {
    if (moments[moment]?.()) process.kill(process.pid, 'SIGKILL')
  },
  log: () => undefined,
  env: {},
  keychain: memoryKeychain(),
})
for (let looks = 0; looks < 250; looks++) {
  await realClock.sleep(20)
  const isSettled = count(`slot where outcome = 'ran' and due_at > '${start.slice(0, 10)}'`) > 0
  if (isSettled && count(waits) === 0 && count(`run where state = 'running'`) === 0) break
}
await core.stop()
lock.release()
say({ ended: true })

function refuse(thrown: unknown): never {
  say({ refused: errorInfoOf(thrown).code })
  process.exit(0)
}
