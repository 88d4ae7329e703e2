/** Decides, from facts alone, which host `npm start` opens and whether a browser may be opened. */

/**
 * @typedef {object} StartFacts
 * @property {NodeJS.Platform} platform
 * @property {NodeJS.ProcessEnv} env
 * @property {readonly string[]} args what came after `npm start --`
 * @property {boolean} isAdministrator root on Linux, where Electron refuses to run
 * @property {boolean} isWindowBuilt the build has an entry for Electron
 * @property {boolean} isRuntimeInstalled
 * @property {number | undefined} lastFailureAt when the last download of the runtime failed, ms since 1970
 * @property {number} now ms since 1970
 * @property {boolean} isTerminal stdout is a terminal
 */
/** @typedef {{ host: 'electron' } | { host: 'download' } | { host: 'headless', reason: string }} StartDecision */

const retryAfterMs = 24 * 60 * 60_000

/** Options of `npm start` itself; everything else goes on to the host. */
const ownOptions = ['--headless', '--retry-electron']

/**
 * @param {StartFacts} facts
 * @returns {StartDecision}
 */
export function decideHost(facts) {
  const reason = reasonAgainstWindow(facts)
  if (reason !== undefined) return { host: 'headless', reason }
  if (facts.isRuntimeInstalled) return { host: 'electron' }
  if (isCi(facts.env))
    return { host: 'headless', reason: 'the Electron runtime is not installed and this is a CI machine' }
  if (hasFailedLately(facts)) {
    return {
      host: 'headless',
      reason:
        'the Electron runtime could not be downloaded within the last day; "npm start -- --retry-electron" tries again',
    }
  }
  return { host: 'download' }
}

/** @param {StartFacts} facts */
function reasonAgainstWindow(facts) {
  if (facts.args.includes('--headless')) return 'as asked for with --headless'
  if (!facts.isWindowBuilt) return 'it is not part of this build'
  if (!hasDisplay(facts)) return 'this machine has no display'
  if (facts.isAdministrator) return 'Electron does not run as root'
  return undefined
}

/** @param {StartFacts} facts */
function hasFailedLately({ args, lastFailureAt, now }) {
  if (lastFailureAt === undefined || args.includes('--retry-electron')) return false
  return lastFailureAt <= now && now - lastFailureAt < retryAfterMs
}

/** @param {Pick<StartFacts, 'platform' | 'env'>} facts */
function hasDisplay({ platform, env }) {
  return platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** CI systems set CI to "true" or "1"; "false" and "0" say no. @param {NodeJS.ProcessEnv} env */
function isCi(env) {
  return env.CI !== undefined && !['', '0', 'false'].includes(env.CI.toLowerCase())
}

/** A browser is opened only where a person looks: a display, a terminal, no CI. @param {StartFacts} facts */
export function mayOpenBrowser(facts) {
  return facts.isTerminal && !isCi(facts.env) && hasDisplay(facts)
}

/** What is passed on to the host. @param {readonly string[]} args */
export function hostArguments(args) {
  return args.filter((arg) => !ownOptions.includes(arg))
}

/**
 * Whether Electron itself, not the app, failed: it ended at once through a crash signal (a kernel that forbids its
 * sandbox) or could not be run (missing system libraries: exit code 127).
 * @param {{ code: number, signal: NodeJS.Signals | null, ranMs: number }} end
 */
export function isRuntimeFailure({ code, signal, ranMs }) {
  if (ranMs > 5_000) return false
  return code === 127 || code === 126 || signal === 'SIGTRAP' || signal === 'SIGABRT' || signal === 'SIGSEGV'
}
