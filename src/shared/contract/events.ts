/** Events: hints that something changed, never the truth itself. Who misses one asks again and has lost nothing. */
import { z } from 'zod'
import type { ErrorInfo } from '#shared/errors.ts'

export const eventSchemas = {
  'run.changed': z.strictObject({ runId: z.string(), integrationId: z.string() }),
  'plan.changed': z.strictObject({ planId: z.string(), integrationId: z.string() }),
  'definitions.changed': z.strictObject({}),
  /** A slot, a pause or what is due next; null: of all integrations. */
  'schedule.changed': z.strictObject({ integrationId: z.string().nullable() }),
  /** A record was decided about; what waits may have changed. */
  'attention.changed': z.strictObject({ integrationId: z.string() }),
  'vault.changed': z.strictObject({}),
  'practice.changed': z.strictObject({}),
} as const

export type EventName = keyof typeof eventSchemas
export type EventPayload<N extends EventName> = z.infer<(typeof eventSchemas)[N]>

export type AppEvent = { [N in EventName]: { readonly name: N; readonly payload: EventPayload<N> } }[EventName]

/** As it travels: `boot` changes with every start of the core, `seq` counts up within one. */
export type NumberedMessage =
  | { readonly kind: 'event'; readonly boot: string; readonly seq: number; readonly event: AppEvent }
  /** Events were missed (or the core was restarted): everything shown must be asked for again. */
  | { readonly kind: 'resync'; readonly boot: string; readonly seq: number }

/** Of the host, not of the core: the core has stopped (what every call is answered with until then), or runs again (null). */
export interface TroubleMessage {
  readonly kind: 'trouble'
  readonly error: ErrorInfo | null
}

export type EventMessage = NumberedMessage | TroubleMessage
