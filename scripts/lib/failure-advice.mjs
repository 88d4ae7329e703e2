/** Turns what npm printed when it failed into what happened and what to do next, in plain words. */

/** @typedef {{ what: string, next: string }} Advice */

const again = 'Then run the same command again; it starts over by itself.'

/** The first row that matches wins: causes come before the noise they make. @type {readonly (readonly [RegExp, Advice])[]} */
const table = [
  [
    /spawn npm ENOENT/,
    { what: 'npm was not found.', next: 'install the current Node, which brings npm, from https://nodejs.org.' },
  ],
  [
    /ENOSPC|no space left/i,
    { what: 'the disk is full.', next: `make at least 1 GB free on the disk that holds this folder. ${again}` },
  ],
  [
    /can only install packages when your package\.json and package-lock\.json|Missing: .* from lock file|EUSAGE/i,
    {
      what: 'package.json and package-lock.json do not belong together.',
      next: 'take both files from the same version of the project; if you changed package.json yourself, run "npm install --ignore-scripts".',
    },
  ],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY_LEAF|CERT_HAS_EXPIRED|unable to get local issuer/i,
    {
      what: 'the certificate of the package server could not be checked (often a company proxy).',
      next: `ask for your company's root certificate and set NODE_EXTRA_CA_CERTS to its file. ${again}`,
    },
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|network/i,
    {
      what: 'the package server could not be reached.',
      next: `check the internet connection; behind a proxy, run "npm config set proxy <address>". ${again}`,
    },
  ],
  [
    /EINTEGRITY|EBADSIZE|Z_DATA_ERROR|TAR_BAD_ARCHIVE/i,
    { what: 'a downloaded package arrived damaged.', next: `run "npm cache clean --force". ${again}` },
  ],
  [
    /\bE40[134]\b|40[134] (Unauthorized|Forbidden|Not Found)/i,
    {
      what: 'the package server refused to give out a package.',
      next: `look at "npm config get registry": a private server may need a login, or lack the package. ${again}`,
    },
  ],
  [
    /EROFS|EACCES|permission denied/i,
    {
      what: 'this folder (or the npm cache) may not be written to.',
      next: `make sure the folder belongs to you and do not run a mix of normal and administrator commands in it. ${again}`,
    },
  ],
  [
    /EPERM|EBUSY|ENOTEMPTY/i,
    {
      what: 'files of the installation are in use by another program.',
      next: `close Patchbay, editors and terminals that use this folder. ${again}`,
    },
  ],
]

/**
 * @param {string} output what the failed command printed
 * @returns {Advice}
 */
export function adviceFor(output) {
  const row = table.find(([pattern]) => pattern.test(output))
  if (row !== undefined) return row[1]
  return { what: 'npm reported a problem.', next: `read the lines above. ${again}` }
}

/**
 * The last lines of an output, without the empty ones: enough to see the cause.
 * @param {string} output
 * @param {number} [lines]
 */
export function lastLines(output, lines = 12) {
  return output
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-lines)
    .join('\n')
}
