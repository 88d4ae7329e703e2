/** What every command does first: the set-up, then the hand-over to a Node that can run the project. */
import { fileURLToPath } from 'node:url'
import { handOverToNode24 } from './node-version.mjs'
import { projectPaths, projectRoot, runScript } from './project.mjs'
import { ensureSetUp } from './set-up.mjs'

/**
 * Runs a command's main function on Node 24 with everything installed, and sets the exit code.
 * @param {string} scriptUrl the calling script's import.meta.url
 * @param {(args: string[]) => Promise<number>} main
 * @returns {Promise<'ended' | 'failed'>} failed: something was in the way, and the next step was shown
 */
export async function runPrepared(scriptUrl, main) {
  const args = process.argv.slice(2)
  return runScript(async () => {
    await ensureSetUp()
    const { packagedNode } = projectPaths(projectRoot)
    const handedOver = await handOverToNode24({ script: fileURLToPath(scriptUrl), args, packagedNode })
    return handedOver ?? main(args)
  })
}
