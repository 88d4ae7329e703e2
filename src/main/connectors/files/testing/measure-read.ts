/** Child process of the memory test: reads a whole file and answers records, milliseconds and peak memory as JSON. */
import { openFiles, quiet } from './open-files.ts'

const [path = ''] = process.argv.slice(2)
const startMs = performance.now()
const connection = await openFiles({ path, object: 'rows' })
const object = await connection.object('rows', quiet())
let records = 0
let issues = 0
for await (const page of object.read?.({ signal: quiet() }) ?? []) {
  records += page.records.length
  issues += page.records.filter((record) => record.issues).length
}
const { maxRSS } = process.resourceUsage()
process.stdout.write(
  JSON.stringify({
    records,
    issues,
    durationMs: Math.round(performance.now() - startMs),
    peakMb: Math.round(maxRSS / 1024),
  }),
)
