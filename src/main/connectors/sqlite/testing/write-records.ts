/** Child process of the kill test: creates records in batches, says "begun" first, ends when all stand. */
import { openSqlite } from './open-sqlite.ts'

const [path = '', count = '0', batch = '100'] = process.argv.slice(2)
const signal = new AbortController().signal
const object = await (await openSqlite({ path })).object('t', signal)
process.stdout.write('begun\n')
for (let start = 0; start < Number(count); start += Number(batch)) {
  const writes = Array.from({ length: Number(batch) }, (_, index) => ({
    operation: 'create' as const,
    idempotencyKey: String(start + index),
    request: object.prepare?.({ operation: 'create', values: { id: `r${start + index}`, v: 'x' } }) ?? '',
  }))
  const replies = (await object.send?.(writes, signal)) ?? []
  if (replies.some((reply) => reply.status !== 'written')) process.exit(1)
}
process.exit(0)
