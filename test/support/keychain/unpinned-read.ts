/** What the keychain library answers without the pin to the Secret Service: the twin of the pinned read. */
import { AsyncEntry } from '@napi-rs/keyring'

const account = `kek:unpinned-${process.pid}`
const answer = await new AsyncEntry('patchbay', account).getSecret().catch(() => 'failed')
process.stdout.write(JSON.stringify(answer))
