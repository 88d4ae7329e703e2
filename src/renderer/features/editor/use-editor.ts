/** What the editor asks and does: the saved definition, both sides' fields, samples, saving. */
import { useEffect, useMemo } from 'react'
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { Change, Definition, Draft } from './draft.ts'
import { useDrafts } from './draft-store.ts'
import { fieldsOfSamples, sourceFields } from './fields.ts'

export const sampleCount = 50

export type ObjectView = Output<'connections.objects'>['objects'][number]
export type Sample = Output<'connections.samples'>['samples'][number]

/** The draft of an integration: started from the saved version, or taken up where it was left. */
export function useDraft(integrationId: string) {
  const saved = useAnswer('integrations.definition', { integrationId })
  const draft = useDrafts((state) => state.drafts[integrationId])
  const open = useDrafts((state) => state.open)
  const { data } = saved
  useEffect(() => {
    // Bodies are saved by the core from parsed definitions.
    if (data) void open(data.definition as unknown as Definition, data.version)
  }, [data, open])
  return { saved, draft }
}

export interface DraftActions {
  readonly change: (step: Change) => void
  readonly undo: () => void
  readonly redo: () => void
}

export function useDraftActions(integrationId: string): DraftActions {
  const { change, undo, redo } = useDrafts.getState()
  return {
    change: (step) => change(integrationId, step),
    undo: () => undo(integrationId),
    redo: () => redo(integrationId),
  }
}

/** Saves the draft as the next version of the one it was made from. */
export function useSave(draft: Draft) {
  const save = useAction('integrations.save')
  const { id } = draft.definition
  const store = (expectedVersion: number, then?: () => void): void =>
    save.mutate(
      { definition: draft.definition as never, expectedVersion },
      {
        onSuccess: ({ version }) => {
          useDrafts.getState().saved(id, version)
          then?.()
        },
      },
    )
  return { save, store }
}

export function useObject({ connection, object }: Definition['source']) {
  const asked = useObjects(connection)
  return { asked, object: asked.data?.objects.find(({ name }) => name === object) }
}

export function useSamples({ connection, object }: Definition['source']) {
  return useAnswer('connections.samples', { connectionId: connection, object, limit: sampleCount })
}

/** An object with its samples, and its fields as they are described or, where they are not, as the samples show them. */
export function useSide(end: Definition['source']) {
  const { asked, object } = useObject(end)
  const samples = useSamples(end)
  const values = useMemo(() => samples.data?.samples.map((sample) => sample.values) ?? [], [samples.data])
  const described = object?.fields
  const fields = useMemo(
    () => (described && described.length > 0 ? described : fieldsOfSamples(values)),
    [described, values],
  )
  const paths = useMemo(() => sourceFields(fields), [fields])
  const retry = (): void => void Promise.all([asked.refetch(), samples.refetch()])
  return { asked, object, samples, values, fields, paths, error: asked.error ?? samples.error, retry }
}

export type ConnectionView = Output<'connections.list'>['connections'][number]

export function useConnections() {
  return useAnswer('connections.list', {})
}

export function useObjects(connectionId: string) {
  return useAnswer('connections.objects', { connectionId })
}

export function useIntegrationIds(): readonly string[] {
  return useAnswer('integrations.list', {}).data?.integrations.map(({ id }) => id) ?? []
}

/** Saves a new integration. */
export function useCreate() {
  const { mutate, isPending, error } = useAction('integrations.save')
  return {
    create: (definition: Definition, onDone: () => void): void =>
      mutate({ definition: definition as never, expectedVersion: null }, { onSuccess: onDone }),
    isPending,
    error,
  }
}

export function useConnectionNames(): ReadonlyMap<string, string> {
  const { data } = useConnections()
  return new Map(data?.connections.map(({ id, name }) => [id, name]))
}

export function useStepKinds() {
  return useAnswer('mapping.steps', {}).data?.steps ?? []
}

export function useMakePlan() {
  return useAction('plans.make')
}

/** Counts all records of the source against the saved filter, when asked. */
export function useCount(integrationId: string) {
  const { mutate, ...state } = useAction('integrations.count')
  return { ...state, ask: () => mutate({ integrationId }) }
}
