/** Entry of the headless host with the test core, as a process of its own. Takes the options of the real one, and TEST_RENDERER. */
import { serveFromCommandLine } from '#main/headless/serve-command.ts'
import { endWithParent } from '#test/support/services/child-lifetime.ts'

const files = {
  coreEntry: new URL('./serve-test-core.ts', import.meta.url),
  rendererFolder: process.env.TEST_RENDERER ?? '',
}
endWithParent()
process.exitCode = await serveFromCommandLine(process.argv.slice(2), files)
// Its parent's pipe would keep it alive, and would end it with another code.
process.stdin.removeAllListeners().destroy()
