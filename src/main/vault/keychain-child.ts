/** Entry of the process that talks to the keychain: one request on stdin, one reply on stdout, then it ends. Keys travel through pipes only, never on a command line or in the environment. */
import { type KeychainRequest, operateKeychain } from './keychain-operation.ts'

const parts: Buffer[] = []
for await (const chunk of process.stdin) parts.push(chunk)
// Written by keychain-channel.ts, the only one that starts this file.
const request = JSON.parse(Buffer.concat(parts).toString()) as KeychainRequest
const reply = await operateKeychain(request)
process.stdout.write(JSON.stringify(reply), () => process.exit(0))
