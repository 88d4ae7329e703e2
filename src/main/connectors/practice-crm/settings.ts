/** Settings of a connection to a practice CRM: only an address on this computer. */
import { z } from 'zod'
import { loopbackBaseUrl } from '../../connector-kit/loopback-address.ts'

export const practiceCrmConfig = z.strictObject({ baseUrl: loopbackBaseUrl('The practice CRM') })
export type PracticeCrmConfig = z.infer<typeof practiceCrmConfig>

/** What messages call it. */
export const service = 'the practice CRM'
