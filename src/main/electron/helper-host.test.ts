import { EventEmitter } from 'node:events'
import type { UtilityProcess } from 'electron'
import { expect, it } from 'vitest'
import { record } from '#test/support/fake-electron/record.ts'
import { serveHelpers } from './helper-host.ts'

class Core extends EventEmitter {
  readonly got: object[] = []
  postMessage(message: object): void {
    this.got.push(message)
  }
}

it('starts the helpers of its list, and nothing else that a core might name', () => {
  const core = new Core()
  // The stand-in offers what is used of a process.
  serveHelpers(core as unknown as UtilityProcess, { scripts: '/nowhere', log: () => undefined })
  for (const name of ['sh', '../index', '__proto__', 'constructor', 7, null, undefined])
    core.emit('message', { kind: 'helper-start', id: 1, name, args: ['-c', 'id'] })
  for (const junk of ['text', null, { kind: 'helper-post', id: 9 }, { kind: 'helper-kill', id: 9 }])
    core.emit('message', junk)
  expect(record.forks).toEqual([])
  expect(core.got).toEqual(Array(7).fill({ kind: 'helper-ended', id: 1 }))
})
