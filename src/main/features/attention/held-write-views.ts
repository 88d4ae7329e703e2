/** Held writes of all integrations as the window shows them. */
import type { OpenIntent, Route } from '#main/engine/ports/sync-store.ts'
import type { StoredDefinition } from '#main/store/definition-store.ts'
import type { Store } from '#main/store/open-store.ts'
import { contentVersionOf } from '#main/use-cases/approval.ts'
import { parseIntegration } from '#main/use-cases/build-job.ts'
import { heldWritesOf } from '#main/use-cases/held-writes.ts'
import type { Output } from '#shared/contract/contract.ts'

type HeldWrite = Output<'attention.writes'>['writes'][number]

const mostShown = 200

export function heldWrites(store: Store): readonly HeldWrite[] {
  const all = store.definitions.list('integration').flatMap((stored) => {
    const [forward, back] = routesOf(store, stored)
    const viewsOf = (route: Route, isBack: boolean): readonly HeldWrite[] =>
      heldWritesOf(store.journal, route, mostShown).map((intent) => heldWriteView(route, intent, isBack))
    return [...viewsOf(forward, false), ...(parseIntegration(stored).back ? viewsOf(back, true) : [])]
  })
  return all.sort((a, b) => a.sentAt.localeCompare(b.sentAt)).slice(0, mostShown)
}

/** The way forward and the way back; a one-way integration never writes on the second. */
export function routesOf(store: Store, stored: StoredDefinition): readonly [Route, Route] {
  const { id, source, destination } = parseIntegration(stored)
  const forward: Route = {
    integrationId: id,
    integrationVersion: contentVersionOf(stored, store.definitions),
    sourceStream: store.streams.idOf(source.connection, source.object),
    destinationStream: store.streams.idOf(destination.connection, destination.object),
  }
  const { sourceStream, destinationStream } = forward
  return [forward, { ...forward, sourceStream: destinationStream, destinationStream: sourceStream, isBack: true }]
}

function heldWriteView({ integrationId }: Route, intent: OpenIntent, isBack: boolean): HeldWrite {
  const { facts } = intent
  return {
    integrationId,
    writeId: intent.id,
    isBack,
    label: facts.label,
    operation: intent.operation,
    sourceId: facts.source.externalId,
    destinationId: intent.destinationId,
    before: facts.before,
    after: facts.after,
    sentAt: new Date(intent.firstSentAtMs).toISOString(),
  }
}
