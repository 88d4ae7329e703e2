/** serve: the headless host, started from the command line. */
import { hostFilesOf } from '../../host-files.ts'
import { serveFromCommandLine } from '../../serve-command.ts'
import { type CommandRun, textOption } from '../command.ts'

export const serve: CommandRun = (input) => {
  const words = ['port', 'data'].flatMap((name) => {
    const value = textOption(input, name)
    return value === undefined ? [] : [`--${name}`, value]
  })
  return serveFromCommandLine(
    ['serve', ...words, ...['open', 'json'].flatMap((name) => (input.options[name] === true ? [`--${name}`] : []))],
    hostFilesOf(input.surroundings.scriptUrl),
  )
}
