/** Before all browser tests: the window is built from the sources as they are. */
export { buildRenderer as default } from './support/build-renderer.ts'
