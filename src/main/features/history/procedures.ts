/** History as the renderer and the command line see it. */
import type { Clock } from '#main/engine/ports/surroundings.ts'
import { changeHistory } from '#main/use-cases/history/change-history.ts'
import { type HistoryStore, historyFacts } from '#main/use-cases/history/history-facts.ts'
import type { HistoryKeeper } from '#main/use-cases/history/history-keeper.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import type { historyContract } from '#shared/contract/history.ts'

export interface HistoryParts {
  readonly store: HistoryStore
  readonly keeper: HistoryKeeper
  readonly clock: Clock
}

export function historyProcedures({ store, keeper, clock }: HistoryParts): HandlersOf<keyof typeof historyContract> {
  const facts = async (): Promise<Output<'history.get'>> => {
    await keeper.measure()
    return historyFacts(store, clock.now())
  }
  return {
    'history.get': facts,
    'history.set': (change) => {
      changeHistory(store.settings, change)
      return facts()
    },
    'history.prune': async () => ({ ...(await keeper.prune()), facts: await facts() }),
  }
}
