/** Starts a test service as a child process and waits for the port it prints. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface RunningService {
  /** 'http://127.0.0.1:40123'; also for selfSigned, which speaks https there. */
  readonly url: string
  readonly pid: number
  /** Ends the process and waits until it is gone. */
  readonly stop: () => Promise<void>
}

const files = {
  loopback: new URL('./loopback-service.ts', import.meta.url),
  ugly: new URL('./ugly-api.ts', import.meta.url),
  ordersAndInvoices: new URL('./orders-and-invoices.ts', import.meta.url),
  selfSigned: new URL('./self-signed-service.ts', import.meta.url),
  torture: new URL('../../torture/service/serve-torture.ts', import.meta.url),
}

/** `settings` go to the service as JSON; they must not hold secrets, since a command line is visible. */
export async function startService(name: keyof typeof files, settings: object = {}): Promise<RunningService> {
  const child = spawn(process.execPath, [fileURLToPath(files[name]), JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    exited.then(([code]) =>
      Promise.reject(new Error(`the ${name} service ended with code ${code} before it listened`)),
    ),
  ])
  lines.close()
  // Printed by our own service.
  const { port } = JSON.parse(first) as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: async () => {
      child.stdin.end()
      child.kill('SIGKILL')
      await exited
    },
  }
}
