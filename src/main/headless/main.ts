/** Entry of the headless host. Looks at the Node it runs on before anything else is loaded: the SQLite driver ends an older one without a word. */

if (Number(process.versions.napi) >= 10) {
  const { setFlagsFromString } = await import('node:v8')
  // The engine shares the PC with the office: memory is given back early, in the worker's heap too.
  setFlagsFromString('--optimize-for-size')
  const { serveFromCommandLine } = await import('./serve-command.ts')
  const { hostFilesOf } = await import('./host-files.ts')
  process.exitCode = await serveFromCommandLine(process.argv.slice(2), hostFilesOf(import.meta.url))
} else {
  process.stderr.write(
    `Patchbay needs Node 22.14 or newer; this is ${process.version}. Nothing was opened. Install the current Node from https://nodejs.org, or start Patchbay with "npm start".\n`,
  )
  process.exitCode = 2
}
