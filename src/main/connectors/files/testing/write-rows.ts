/** Child process of the kill test: writes rows in batches of 50, says "begun" first, ends when all stand. */
import { openFiles, quiet } from './open-files.ts'

const [path = '', count = '0'] = process.argv.slice(2)
const object = await (await openFiles({ path, idColumns: ['id'] })).object('rows', quiet())
process.stdout.write('begun\n')
for (let start = 0; start < Number(count); start += 50) {
  const writes = Array.from({ length: 50 }, (_, index) => ({
    operation: 'create' as const,
    idempotencyKey: String(start + index),
    request: object.prepare?.({ operation: 'create', values: { id: `new-${start + index}`, v: 'y' } }) ?? '',
  }))
  const replies = (await object.send?.(writes, quiet())) ?? []
  if (replies.some((reply) => reply.status !== 'written')) process.exit(1)
}
process.exit(0)
