/** undici describes its classes in one place only; this is the type of the file that holds the pool. */
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici'

  // The file is CommonJS: the class is all it exports.
  export { Pool as default }
}
