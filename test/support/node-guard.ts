/** Stops the test run before any native module loads on a Node that would crash it without a message (better-sqlite3 13 needs Node-API 10). */
export default function guardNodeVersion(): void {
  if (Number(process.versions.napi) < 10) {
    console.error(`Tests need Node 22.14 or newer; this is ${process.version}. Run them through "npm test".`)
    process.exit(2)
  }
}
