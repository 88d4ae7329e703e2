/** import and export of definitions. */
import { basename } from 'node:path'
import { argument, type CommandRun } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { readText } from '../read-text.ts'
import { withClient } from '../with-client.ts'

export const importDefinitions: CommandRun = async (input) => {
  const path = argument(input, 0)
  const text = path === '-' ? await input.surroundings.readStdin() : readText(path)
  const fileName = path === '-' ? 'standard input' : basename(path)
  const { saved } = await withClient(input, (client) => client.call('definitions.import', { text, fileName }))
  const lines = saved.map(
    (one) => `${one.isNew ? 'saved    ' : 'unchanged'} ${one.kind} ${one.id} (version ${one.version})`,
  )
  input.output.result({ saved }, lines.length > 0 ? lines : ['The file defines nothing.'])
  return exitCodes.allWell
}

export const exportDefinitions: CommandRun = async (input) => {
  const { text } = await withClient(input, (client) => client.call('definitions.export', {}))
  input.output.result({ text }, [text.trimEnd()])
  return exitCodes.allWell
}
