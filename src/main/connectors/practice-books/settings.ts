/** Settings of a connection to practice books: only an address on this computer. */
import { z } from 'zod'
import { loopbackBaseUrl } from '../../connector-kit/loopback-address.ts'

export const practiceBooksConfig = z.strictObject({ baseUrl: loopbackBaseUrl('The practice books') })
export type PracticeBooksConfig = z.infer<typeof practiceBooksConfig>

/** What messages call it. */
export const service = 'the practice books'
