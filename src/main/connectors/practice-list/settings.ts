/** Settings of a connection to a practice list: only an address on this computer. */
import { z } from 'zod'
import { loopbackBaseUrl } from '../../connector-kit/loopback-address.ts'

export const practiceListConfig = z.strictObject({ baseUrl: loopbackBaseUrl('The practice list') })
export type PracticeListConfig = z.infer<typeof practiceListConfig>

/** What messages call it. */
export const service = 'the practice list'
