/** secret set: the value comes from standard input, so that it stands in no history and no process list. */
import { AppError } from '#shared/errors.ts'
import { argument, type CommandRun } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { withClient } from '../with-client.ts'

export const setSecret: CommandRun = async (input) => {
  const [connectionId, field] = [argument(input, 0), argument(input, 1)]
  const value = (await input.surroundings.readStdin()).replace(/\r?\n$/, '')
  if (value === '') {
    throw new AppError({
      kind: 'config',
      code: 'secret-empty',
      message: 'No value came on standard input.',
      kept: 'Nothing was stored.',
      next: `Pipe the value in, for example: patchbay secret set ${connectionId} ${field} < token.txt`,
    })
  }
  await withClient(input, (client) => client.call('connections.set-secret', { connectionId, field, value }))
  input.output.result({ connection: connectionId, field, isSet: true }, [
    `Stored ${field} of ${connectionId} in the vault.`,
  ])
  return exitCodes.allWell
}
