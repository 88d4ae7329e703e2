/**
 * Entry of the process that talks to the keychain: one request, one reply. Started by Node it reads stdin, answers on
 * stdout and ends; started by Electron it uses its port and is ended by whoever asked, since a reply may still be on
 * its way when a process ends itself. Keys never travel on a command line or in the environment.
 */
import { parentPortOf } from '#shared/parent-port.ts'
import { type KeychainRequest, operateKeychain } from './keychain-operation.ts'

const port = parentPortOf(process)
if (port) {
  // Posted by keychain-helper.ts, by way of the host.
  port.on('message', async ({ data }) => port.postMessage(await operateKeychain(data as KeychainRequest)))
} else {
  const parts: Buffer[] = []
  for await (const chunk of process.stdin) parts.push(chunk)
  // Written by keychain-channel.ts.
  const request = JSON.parse(Buffer.concat(parts).toString()) as KeychainRequest
  const reply = await operateKeychain(request)
  process.stdout.write(JSON.stringify(reply), () => process.exit(0))
}
