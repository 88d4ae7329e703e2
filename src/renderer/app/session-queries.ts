/**
 * Questions and actions of the window. Answers live in the query cache under [procedure, input]; events of the core
 * only mark them stale (session-events.ts).
 */
import {
  keepPreviousData,
  queryOptions,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query'
import type { Input, Output, ProcedureName } from '#shared/contract/contract.ts'
import { type AppError, errorInfoOf, AppError as KnownError } from '#shared/errors.ts'
import { client } from './session-client.ts'

export interface AnswerOptions {
  /** Ask only when this is true; default true. */
  readonly isWanted?: boolean
  /** Keep showing the former page while the next one is on its way. */
  readonly keepsFormer?: boolean
}

/** How an answer is asked and under which key it is kept. */
export function answerOptions<N extends ProcedureName>(name: N, input: Input<N>) {
  return queryOptions<Output<N>, AppError>({
    queryKey: [name, input],
    queryFn: () => client.call(name, input).catch(rethrowKnown),
  })
}

/** The answer of a reading procedure, asked again whenever an event says it may have changed. */
export function useAnswer<N extends ProcedureName>(
  name: N,
  input: Input<N>,
  options: AnswerOptions = {},
): UseQueryResult<Output<N>, AppError> {
  return useQuery<Output<N>, AppError>({
    ...answerOptions(name, input),
    enabled: options.isWanted ?? true,
    ...(options.keepsFormer ? { placeholderData: keepPreviousData } : {}),
  })
}

/** A procedure that is called by a button. */
export function useAction<N extends ProcedureName>(name: N): UseMutationResult<Output<N>, AppError, Input<N>> {
  return useMutation<Output<N>, AppError, Input<N>>({
    mutationFn: (input) => client.call(name, input).catch(rethrowKnown),
  })
}

/** Screens only ever meet AppError. */
function rethrowKnown(thrown: unknown): never {
  throw thrown instanceof KnownError ? thrown : new KnownError(errorInfoOf(thrown), thrown)
}
