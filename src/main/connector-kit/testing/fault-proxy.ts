/** For the contract suite: a proxy before the real service that answers, cuts and loses as it is told. */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ContractFault } from './contract-suite.ts'

export interface FaultProxy {
  readonly port: number
  readonly set: (fault: ContractFault) => Promise<void>
  readonly clear: () => Promise<void>
  readonly stop: () => void
}

export async function startFaultProxy(servicePort: number): Promise<FaultProxy> {
  let fault: ContractFault | null = null
  const server = createServer((incoming, response) => {
    if (fault?.kind === 'status') {
      incoming.resume()
      response
        .writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
        .end('{"error":{"message":"told to"}}')
    } else if (fault?.kind === 'html') {
      incoming.resume()
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Sign in</body></html>')
    } else pass(servicePort, { incoming, response, fault })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // A server that listens on a TCP port has an AddressInfo.
    port: (server.address() as AddressInfo).port,
    set: async (next) => {
      fault = next
    },
    clear: async () => {
      fault = null
    },
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

interface Passing {
  readonly incoming: IncomingMessage
  readonly response: ServerResponse
  readonly fault: ContractFault | null
}

/** Lets the service do its work; the answer goes on whole, cut in the middle, or not at all. */
function pass(servicePort: number, { incoming, response, fault }: Passing): void {
  const { method, url: path, headers } = incoming
  const onward = forward({ host: '127.0.0.1', port: servicePort, method, path, headers }, (answer) => {
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('end', () => {
      const body = Buffer.concat(chunks)
      if (fault?.kind === 'lose-answer') response.destroy()
      else if (fault?.kind === 'truncated') {
        response.writeHead(200, { 'content-type': 'application/json' }).end(body.subarray(0, body.length / 2))
      } else response.writeHead(answer.statusCode ?? 502, answer.headers).end(body)
    })
  })
  onward.on('error', () => response.destroy())
  incoming.pipe(onward)
}
