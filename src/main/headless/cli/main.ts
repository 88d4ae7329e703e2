/** Entry of the command line. Looks at the Node it runs on before anything else is loaded: the SQLite driver ends an older one without a word. */
if (Number(process.versions.napi) >= 10) {
  const { setFlagsFromString } = await import('node:v8')
  // The engine shares the PC with the office: V8 would let its heap grow to four times what is in use before it looks.
  setFlagsFromString('--heap-growing-percent=80')
  const { runFromProcess } = await import('./run-from-process.ts')
  process.exitCode = await runFromProcess(import.meta.url)
} else {
  process.stderr.write(`Patchbay needs Node 22.14 or newer; this is ${process.version}. Nothing was opened.\n`)
  process.exitCode = 2
}
