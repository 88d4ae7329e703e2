/**
 * How the product's processes are started, so that they stay within 150 MB while they sync (measured by `npm run bench`):
 * a small young generation, memory given back early, and on Linux one heap for all threads of the C library (each thread
 * gets one of its own otherwise, and what is freed in one is not used by the others).
 */
export const productFlags = ['--max-semi-space-size=4', '--optimize-for-size']

/** @returns {NodeJS.ProcessEnv} */
export function productEnv() {
  return { ...process.env, MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '1' }
}
