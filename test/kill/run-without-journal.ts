/**
 * The twin: the same work without a journal. It remembers the page it has come to in a file, as many scripts do:
 *   node run-without-journal.ts URL STATE_FILE
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const [url = '', stateFile = ''] = process.argv.slice(2)
let cursor = existsSync(stateFile) ? readFileSync(stateFile, 'utf8') : ''
process.stdout.write('{"started":"twin"}\n')
for (;;) {
  const page = (await (
    await fetch(`${url}/customers?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`)
  ).json()) as { data: { id: string; email: string }[]; next: string | null }
  const open = [...page.data]
  const send = async (): Promise<void> => {
    for (let customer = open.shift(); customer; customer = open.shift()) {
      const body = JSON.stringify({ external_id: customer.id, email: customer.email.trim() })
      await fetch(`${url}/contacts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    }
  }
  await Promise.all(Array.from({ length: 10 }, send))
  if (page.next === null) break
  cursor = page.next
  writeFileSync(stateFile, cursor)
}
process.stdout.write('{"state":"finished","counts":{},"resumeCount":0}\n')
