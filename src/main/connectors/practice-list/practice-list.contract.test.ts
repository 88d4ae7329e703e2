/** The kit's contract suite against the real service in its own process, with a proxy between that can fail. */
import { afterAll } from 'vitest'
import type { Values } from '#shared/model/value.ts'
import { connectorContract } from '../../connector-kit/testing/contract-suite.ts'
import { startFaultProxy } from '../../connector-kit/testing/fault-proxy.ts'
import { openList, startList } from './testing/list-process.ts'

const list = await startList()
const proxy = await startFaultProxy(list.port)
afterAll(async () => {
  proxy.stop()
  await list.stop()
})

const draft = (n: number): Values => ({
  email: `person+${n}/x@example.com`,
  first_name: `Ана ${n}`,
  last_name: 'O’Brien, "Jr."',
  company: 'Müller & Söhne',
  country: 'DE',
  status: 'subscribed',
  tags: ['a,b', 'wholesale', '☕'],
  consent_source: 'counter',
})

async function seed(): Promise<void> {
  const connection = await openList(list)
  const signal = new AbortController().signal
  const object = await connection.object('subscriber', signal)
  const writes = Array.from({ length: 7 }, (_, index) => {
    const request = object.prepare?.({ operation: 'create', values: draft(9_000 + index) }) ?? ''
    return { operation: 'create' as const, request, idempotencyKey: `seed-${index}` }
  })
  await object.send?.(writes, signal)
  await connection.close()
}

connectorContract({
  name: 'practice-list',
  open: () => openList({ port: proxy.port, token: list.token }),
  seed,
  secrets: [list.token],
  logged: () => [],
  faults: proxy,
  objects: [
    {
      name: 'subscriber',
      minRecords: 7,
      pageSize: 2,
      unknownId: 'nobody@example.com',
      draft,
      change: (n) => ({ first_name: `Renamed ${n}`, tags: [`tag ${n}`], company: null }),
    },
  ],
})
