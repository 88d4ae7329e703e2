/** Runs the command line of this process. */
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { version } from '#main/app/version.ts'
import { runProgram } from './program.ts'

/** Answers the exit code. `scriptUrl` is the entry that was started: built parts lie beside it. */
export function runFromProcess(scriptUrl: string): Promise<number> {
  return runProgram(process.argv.slice(2), {
    version,
    scriptUrl,
    env: process.env,
    readStdin: () => text(process.stdin),
    sleep: (durationMs) => sleep(durationMs),
    streams: {
      out: (line) => process.stdout.write(line),
      err: (line) => process.stderr.write(line),
      isTerminal: process.stderr.isTTY === true,
    },
  })
}
