/**
 * How the product's processes are started, so that they stay within 150 MB while they sync (measured by `npm run bench`):
 * a bounded young generation, and on Linux one heap for all threads of the C library (each thread gets one of its own
 * otherwise, and what is freed in one is not used by the others).
 */

/** The command line: the core runs in its only thread. From the start as large as it may get: it would grow too late. */
export const cliFlags = ['--min-semi-space-size=8', '--max-semi-space-size=8']

/** The hosts: their thread serves the window only; the core's thread is given its own (src/main/rpc/worker-core.ts). */
export const hostFlags = ['--max-semi-space-size=2']

/** @returns {NodeJS.ProcessEnv} */
export function productEnv() {
  return { ...process.env, MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '1' }
}
