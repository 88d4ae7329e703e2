/** Providers around the shell: answers and their freshness, addresses in the fragment. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Router } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import type { EventMessage } from '#shared/contract/events.ts'
import { AppError, type ErrorInfo } from '#shared/errors.ts'
import { listenToEvents } from './session-client.ts'
import { gatherStale, isStale } from './session-events.ts'
import { type LineState, Shell } from './shell.tsx'

/** Events come many a second; the window asks again at most this often. */
const gatherMs = 400
const freshMs = 20_000
const mostRetries = 2

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: freshMs,
        retry: (failures, error) => failures < mostRetries && error instanceof AppError && error.kind === 'transient',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

export interface AppProps {
  /** Called when the core no longer knows this session. */
  readonly onSessionEnd: () => void
}

export function App({ onSessionEnd }: AppProps) {
  const [queries] = useState(createQueryClient)
  const line = useEvents(queries, onSessionEnd)
  return (
    <QueryClientProvider client={queries}>
      <Router hook={useHashLocation}>
        <Shell line={line} />
      </Router>
    </QueryClientProvider>
  )
}

/** Lets events mark answers stale; answers whether the host is there, and its core. */
function useEvents(queries: QueryClient, onSessionEnd: () => void): LineState {
  const [isConnected, setConnected] = useState(true)
  const [trouble, setTrouble] = useState<ErrorInfo | null>(null)
  useEffect(() => {
    const gatherer = gatherStale((stale) => {
      if (stale === 'everything') return void queries.invalidateQueries()
      void queries.invalidateQueries({ predicate: ({ queryKey }) => stale.some((one) => isStale(queryKey, one)) })
    }, gatherMs)
    const onMessage = (message: EventMessage): void => {
      // Whatever else the core says, it says because it runs.
      setTrouble(message.kind === 'trouble' ? message.error : null)
      gatherer.add(message)
    }
    const stop = listenToEvents({ onMessage, onConnected: setConnected, onSessionEnd })
    return () => {
      stop()
      gatherer.stop()
    }
  }, [queries, onSessionEnd])
  return { isConnected, trouble }
}
