/** The address of a service on this computer, as a setting of a connection. */
import { z } from 'zod'

/** Accepts 'http://127.0.0.1:4010' with or without '/v1' and gives the base URL of the API. `service`: 'The practice CRM'. */
export function loopbackBaseUrl(service: string) {
  return z
    .string()
    .trim()
    .transform((text, context) => {
      const match = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):(\d{1,5})(?:\/v1)?\/?$/i.exec(text)
      if (match && Number(match[2]) > 0 && Number(match[2]) <= 65_535) return `http://${match[1]}:${match[2]}/v1`
      context.addIssue({
        code: 'custom',
        message: `${service} on this computer has an address like http://127.0.0.1:4010`,
      })
      return z.NEVER
    })
}
