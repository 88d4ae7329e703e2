/** Tells every point that a run passes, by standing between the engine and its ports. */
import { subscribe } from 'node:diagnostics_channel'
import type { Job } from '#main/engine/job.ts'
import type { ConnectedObject } from '#shared/model/connected.ts'
import { callsOf, destinationCalls, journalCalls, type Phase, pointName, runCalls } from './points.ts'

type Tell = (moment: string) => void

/** `onPoint` hears the name of each point at the moment it is reached. */
export function watchJobs(onPoint: (point: string) => void): (job: Job) => Job {
  let phase: Phase = 'run'
  const tell: Tell = (moment) => onPoint(pointName(phase, moment))
  watchWire(tell)
  return (job) => {
    const journal = {
      ...job.store.journal,
      openIntents: (...asked: Parameters<typeof job.store.journal.openIntents>) => {
        if (asked[1].includes('ready')) phase = 'recovery'
        return job.store.journal.openIntents(...asked)
      },
    }
    const runs = {
      ...job.store.runs,
      finish: (...asked: Parameters<typeof job.store.runs.finish>) => {
        phase = 'run'
        job.store.runs.finish(...asked)
      },
    }
    return {
      ...job,
      source: endingRecovery(job.source, () => {
        phase = 'run'
      }),
      destination: watched(job.destination, callsOf(destinationCalls), tell),
      store: {
        ...job.store,
        journal: watched(journal, callsOf(journalCalls), tell),
        runs: watched(runs, callsOf(runCalls), tell),
      },
    }
  }
}

/** A run that reads its source has taken up everything. */
function endingRecovery(source: ConnectedObject, onRead: () => void): ConnectedObject {
  const { read } = source
  if (!read) return source
  return {
    ...source,
    read: (request) => {
      onRead()
      return read(request)
    },
  }
}

function watched<Port extends object>(port: Port, calls: readonly (keyof Port & string)[], tell: Tell): Port {
  const copy: Port = { ...port }
  for (const name of calls) {
    const call = port[name]
    if (typeof call !== 'function') continue
    const around = (...asked: unknown[]): unknown => {
      tell(`before ${name}`)
      const answer: unknown = call.apply(port, asked)
      if (answer instanceof Promise) return answer.finally(() => tell(`after ${name}`))
      tell(`after ${name}`)
      return answer
    }
    // The same parameters and the same answer as the call that it stands around.
    copy[name] = around as Port[typeof name]
  }
  return copy
}

/** undici tells on these channels what happens to each request. */
function watchWire(tell: Tell): void {
  const ofWrites = (moment: string) => (message: unknown) => {
    const { request } = message as { request: { method: string } }
    if (request.method !== 'GET') tell(moment)
  }
  subscribe('undici:request:bodySent', ofWrites('request left'))
  subscribe('undici:request:headers', ofWrites('answer begun'))
}
