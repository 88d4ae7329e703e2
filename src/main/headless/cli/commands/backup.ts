/** backup and restore. */
import { resolve } from 'node:path'
import { connectToHost } from '#main/app/host/connect-to-host.ts'
import { prepareDataFolder } from '#main/app/host/files/data-folder.ts'
import { takeDataLock } from '#main/app/host/files/data-lock.ts'
import { restoreBackup as restoreIntoFolder } from '#main/app/restore-backup.ts'
import { AppError } from '#shared/errors.ts'
import { argument, type CommandRun } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { dataFolderOfCommand, withClient } from '../with-client.ts'

export const makeBackup: CommandRun = async (input) => {
  const path = argument(input, 0)
  const backup = await withClient(input, (client) =>
    client.call('backups.make', path === '' ? {} : { path: resolve(path) }),
  )
  input.output.result(backup, [
    `Backup written: ${backup.path}`,
    'Secrets in it are encrypted; their key stays in the keychain or under your passphrase.',
  ])
  return exitCodes.allWell
}

export const restoreBackup: CommandRun = async (input) => {
  const dataFolder = dataFolderOfCommand(input)
  const host = await connectToHost(dataFolder)
  if (host) {
    host.close()
    throw stopTheHostFirst()
  }
  prepareDataFolder(dataFolder)
  const lock = await takeDataLock(dataFolder)
  try {
    const kept = restoreIntoFolder(resolve(argument(input, 0)), dataFolder, Date.now())
    const lines = ['The backup is in place.', ...(kept === null ? [] : [`What was there before is kept in ${kept}`])]
    input.output.result({ restored: argument(input, 0), kept }, lines)
    return exitCodes.allWell
  } finally {
    lock.release()
  }
}

function stopTheHostFirst(): AppError {
  return new AppError({
    kind: 'config',
    code: 'host-running',
    message: 'Patchbay is running on this data folder, so its database cannot be replaced.',
    kept: 'Nothing was changed.',
    next: 'Stop Patchbay, then restore.',
  })
}
