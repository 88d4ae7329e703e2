/** What the attention screen asks and does. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { WholeDecision } from '#shared/model/decision.ts'

export type Waiting = Output<'attention.list'>['records'][number]
export type RecordKey = Pick<Waiting, 'integrationId' | 'side' | 'externalId'>

const firstCount = 50
const mostCount = 200

export function useWaiting(integrationId: string | null) {
  const [limit, setLimit] = useState(firstCount)
  const of = integrationId === null ? {} : { integrationId }
  const waiting = useAnswer('attention.list', { limit, ...of }, { keepsFormer: true })
  const hasMore = waiting.data !== undefined && waiting.data.next !== null && limit < mostCount
  return { waiting, hasMore, showMore: () => setLimit(mostCount) }
}

export function useCorrections() {
  return useAnswer('attention.corrections', {})
}

export function useLeftOut() {
  return useAnswer('attention.left-out', { limit: mostCount })
}

export interface IntegrationNames {
  readonly id: string
  readonly name: string
  readonly source: string
  readonly destination: string
}

/** Names of integrations and of the services at both ends. */
export function useNames(): ReadonlyMap<string, IntegrationNames> {
  const integrations = useAnswer('integrations.list', {}).data?.integrations ?? []
  const connections = useAnswer('connections.list', {}).data?.connections ?? []
  const nameOf = (id: string): string => connections.find((connection) => connection.id === id)?.name ?? id
  return new Map(
    integrations.map(({ id, name, source, destination }) => [
      id,
      { id, name, source: nameOf(source.connection), destination: nameOf(destination.connection) },
    ]),
  )
}

export interface AttentionActions {
  readonly decide: (records: readonly RecordKey[], decision: WholeDecision) => void
  /** All records of the integration that are gone from the source and wait. */
  readonly decideGone: (integrationId: string, decision: 'source' | 'destination') => void
  readonly withdraw: (record: RecordKey) => void
  /** Corrects a value and starts the integration. */
  readonly correct: (record: RecordKey, field: string, value: string) => void
  readonly withdrawCorrection: (record: RecordKey, field: string) => void
  readonly runAgain: (integrationId: string) => void
  readonly isBusy: boolean
  readonly error: ReturnType<typeof useAction<'attention.decide'>>['error']
}

export function useAttentionActions(): AttentionActions {
  const [, navigate] = useLocation()
  const decide = useAction('attention.decide')
  const decideGone = useAction('attention.decide-gone')
  const withdraw = useAction('attention.withdraw')
  const start = useAction('runs.start')
  const correct = useAction('attention.correct')
  const withdrawCorrection = useAction('attention.withdraw-correction')
  const runAgain = (integrationId: string): void =>
    start.mutate({ integrationId }, { onSuccess: ({ runId }) => navigate(`/runs/${runId}`) })
  return {
    decide: (records, decision) => {
      for (const { integrationId, side, externalId } of records)
        decide.mutate({ record: { integrationId, side, externalId }, decision })
    },
    decideGone: (integrationId, decision) => decideGone.mutate({ integrationId, decision }),
    withdraw: ({ integrationId, side, externalId }) => withdraw.mutate({ record: { integrationId, side, externalId } }),
    correct: ({ integrationId, side, externalId }, field, value) =>
      correct.mutate(
        { record: { integrationId, side, externalId }, field, value },
        { onSuccess: () => runAgain(integrationId) },
      ),
    withdrawCorrection: ({ integrationId, side, externalId }, field) =>
      withdrawCorrection.mutate({ record: { integrationId, side, externalId }, field }),
    runAgain,
    isBusy: [decide, decideGone, withdraw, start, correct, withdrawCorrection].some(({ isPending }) => isPending),
    error:
      decide.error ?? decideGone.error ?? withdraw.error ?? start.error ?? correct.error ?? withdrawCorrection.error,
  }
}
