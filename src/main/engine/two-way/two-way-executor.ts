/** Carries out a two-way page with one executor for each direction, as if they were one. */
import type { Executor } from '../apply/executor.ts'

export function joinExecutors(forward: Executor, back: Executor): Executor {
  /** The position is saved with the way forward, which comes last: after a kill in between, the page is met again. */
  const applyPage: Executor['applyPage'] = async (page) => {
    const items = page.items.filter(({ direction }) => direction === 'back')
    if (items.length > 0) await back.applyPage({ ...nothingRead, position: { kind: 'as-it-was' }, items })
    await forward.applyPage({ ...page, items: page.items.filter(({ direction }) => direction !== 'back') })
  }

  const settle: Executor['settle'] = async () => [...(await forward.settle()), ...(await back.settle())]

  const recover: Executor['recover'] = async () => {
    await forward.recover()
    await back.recover()
  }

  return { applyPage, settle, recover, failure: () => forward.failure() ?? back.failure() }
}

const nothingRead = { settled: [], skipped: [], unchangedCount: 0, filteredCount: 0, readCount: 0 } as const
