/** The command line: names, arguments and help. What a command does stands in commands/. */
import { Command, CommanderError, Option } from 'commander'
import { AppError, errorInfoOf } from '#shared/errors.ts'
import type { CommandRun, ProgramSurroundings } from './command.ts'
import { makeBackup, restoreBackup } from './commands/backup.ts'
import { exportDefinitions, importDefinitions } from './commands/definitions.ts'
import { showHistory } from './commands/history.ts'
import { doctor, showConnections, showSchema } from './commands/inspect.ts'
import { startPractice } from './commands/practice.ts'
import { makePlan, runIntegration, undoRun } from './commands/run.ts'
import { showRecords, showRuns } from './commands/runs.ts'
import { changeSchedule } from './commands/schedule.ts'
import { showSchedules } from './commands/schedules.ts'
import { setSecret } from './commands/secret.ts'
import { serve } from './commands/serve.ts'
import { exitCodeOfError, exitCodes } from './exit-code.ts'
import { createOutput } from './output.ts'

/** Runs one command line (without node and script). Answers the exit code; never throws. */
export async function runProgram(args: readonly string[], surroundings: ProgramSurroundings): Promise<number> {
  let exitCode: number = exitCodes.allWell
  const program = buildProgram(surroundings, (code) => {
    exitCode = code
  })
  const output = createOutput(surroundings.streams, args.includes('--json'))
  try {
    await program.parseAsync([...args], { from: 'user' })
    return exitCode
  } catch (thrown) {
    if (thrown instanceof CommanderError)
      return thrown.exitCode === 0 ? exitCodes.allWell : exitCodes.wrongUseOrConfiguration
    const error = errorInfoOf(thrown)
    output.error(error)
    return exitCodeOfError(error)
  }
}

function buildProgram(surroundings: ProgramSurroundings, setCode: (code: number) => void): Command {
  const { streams } = surroundings
  const program = new Command('patchbay')
    .description('Keeps the software a small business runs in step with each other.')
    .version(surroundings.version)
    .exitOverride()
    .configureOutput({ writeOut: streams.out, writeErr: streams.err })
    .showHelpAfterError('Run "patchbay --help" for the commands there are.')
  const action =
    (run: CommandRun) =>
    async (...args: unknown[]): Promise<void> => {
      const command = args.at(-1)
      if (!(command instanceof Command))
        throw new AppError({ kind: 'bug', code: 'no-command', message: 'The command line was read wrongly.' })
      const options: Record<string, unknown> = command.optsWithGlobals()
      const output = createOutput(streams, options.json === true)
      setCode(
        await run({
          args: args.slice(0, -2).map((arg) => (arg === undefined ? '' : String(arg))),
          options,
          output,
          surroundings,
        }),
      )
    }
  const add = (name: string, description: string, run: CommandRun): Command =>
    shared(program.command(name).description(description)).action(action(run))

  add('serve', 'Start the headless host and print the address of the window.', serve)
    .option('--port <number>', 'listen on this port of the loopback address')
    .option('--open', 'open a browser')
  add(
    'import <file>',
    'Save the connections and integrations of a definitions file (- reads standard input).',
    importDefinitions,
  )
  add('export', 'Print all definitions, without secrets.', exportDefinitions)
  add('connections', 'List the connections.', showConnections)
    .option('--test', 'test each of them')
    .option('--objects <connection>', 'show what a connection offers')
    .option('--from-openapi <file>', 'propose a connection from an OpenAPI 3 document')
    .option('--id <id>', 'id of the proposed connection')
  const secret = program.command('secret').description('Secrets of connections.')
  shared(
    secret.command('set <connection> <field>').description('Store a secret; its value is read from standard input.'),
  ).action(action(setSecret))
  add('plan <integration>', 'Make a plan: what a run would do. Writes nothing.', makePlan).addOption(
    new Option('--items <count>', 'print this many items').default('20'),
  )
  add('run <integration>', 'Run an integration whose plan was approved before, or all legs of a set.', runIntegration)
    .option('--plan <id>', 'approve this plan and run exactly it')
    .option('--approve', 'make a plan, approve it and run it, for scripts')
  add('undo <run>', 'Make the plan that takes a run back. Writes nothing; approve it with "run --plan".', undoRun)
    .option('--overwrite-newer', 'also take back what was changed since')
    .option('--approve', 'carry the plan out at once, for scripts')
    .addOption(new Option('--items <count>', 'print this many items').default('20'))
  add('runs', 'List the latest runs.', showRuns)
    .option('--integration <id>', 'of this integration only')
    .addOption(new Option('--limit <count>').default('20'))
  add('run-log <run>', 'Print the records of a run.', showRecords)
    .option('--outcome <outcome>', 'created, updated, skipped, held or failed only')
    .option('--search <text>', 'records whose label or id has this text')
    .addOption(new Option('--limit <count>').default('1000'))
  add('history', 'Show or set how long the records of runs are kept, and what they take on the disk.', showHistory)
    .option('--keep-days <number>', 'keep the records of runs for so many days')
    .option('--undo-days <number>', 'let runs be undone for so many days')
    .option('--max-mb <number>', 'let the records take so many MB')
    .option('--prune', 'remove now what is older or more than that; by itself it happens once a day')
  add('schedules', 'List what runs by itself and when it is due next.', showSchedules)
    .option('--pause-all', 'pause all schedules: what comes due meanwhile is left out')
    .option('--resume-all', 'end that pause')
  add('schedule <integration> [when]', 'Show or set when an integration runs by itself.', changeSchedule)
    .option('--off', 'remove the schedule')
    .option('--pause', 'pause it: what comes due meanwhile is left out')
    .option('--resume', 'end the pause')
    .addOption(new Option('--slots <count>', 'show what became of this many due times').default('5'))
    .addHelpText('after', `\n${scheduleExamples}`)
  add('practice', 'Start the practice company and keep it running until interrupted.', startPractice).option(
    '--prepare',
    'set it up and end',
  )
  add('backup [file]', "Write a backup of the data folder's database.", makeBackup)
  add('restore <file>', 'Put a backup in the place of the database; the present one is kept aside.', restoreBackup)
  add('doctor', 'Check everything that can be checked without changing anything.', doctor)
  add('schema', 'Print the JSON Schema of definition files.', showSchema)
  return program
}

const scheduleExamples = `Examples of WHEN:
  "every weekday at 18:00 Europe/Berlin"
  "every monday and thursday at 7:30"
  "the last day of every month at 6:00"
  "every 15 minutes from 8:00 to 18:00 on weekdays"
  "0 18 * * 1-5"
`

/** Options of every command. */
function shared(command: Command): Command {
  return command.option('--json', 'print JSON').option('--data <folder>', 'use this data folder')
}
