/** Loaded before the script of a fake utility process: gives it `process.parentPort`, and ends it with its parent. */
import { EventEmitter } from 'node:events'

class FakeParentPort extends EventEmitter {
  readonly waiting: unknown[] = []

  postMessage(message: object): void {
    process.send?.(message)
  }

  take(data: unknown): void {
    if (this.listenerCount('message') === 0) this.waiting.push(data)
    else this.emit('message', { data })
  }

  override on(name: string, listener: (event: { data: unknown }) => void): this {
    super.on(name, listener)
    for (const data of this.waiting.splice(0)) this.emit('message', { data })
    return this
  }
}

const port = new FakeParentPort()
process.on('message', (data) => port.take(data))
process.once('disconnect', () => process.exit(0))
Object.defineProperty(process, 'parentPort', { value: port })
