/**
 * Run by boot-bundle.ts with `node --import hook.ts`: boots the built bundle against the stand-in for electron, does what
 * a person, a page and the computer would do, and prints what it saw as one line of JSON. Arguments: the data folder,
 * the name of the scenario.
 */
import { pathToFileURL } from 'node:url'
import { app } from '#test/support/fake-electron/app.ts'
import { answers } from '#test/support/fake-electron/record.ts'
import { builtIndex, report } from './scenario-kit.ts'

const [, , dataFolder = '', name = ''] = process.argv
const scenarios: Readonly<Record<string, () => Promise<{ run: (dataFolder: string) => Promise<object> }>>> = {
  work: () => import('./scenarios/work.ts'),
  guards: () => import('./scenarios/guards.ts'),
  'second-instance': () => import('./scenarios/second-instance.ts'),
  'in-use': () => import('./scenarios/in-use.ts'),
}

answers.isFirstInstance = name !== 'second-instance'
process.argv = [process.execPath, builtIndex, '--data', dataFolder]
await import(pathToFileURL(builtIndex).href)
app.becomeReady()
const scenario = await scenarios[name]?.()
if (!scenario) throw new Error(`there is no scenario ${name}`)
process.stdout.write(report(await scenario.run(dataFolder)))
process.exit(0)
