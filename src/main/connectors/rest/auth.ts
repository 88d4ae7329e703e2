/** Turns the way of authentication and its secret into headers or a query parameter. */
import { AppError } from '#shared/errors.ts'
import type { AuthSettings } from './rest-settings.ts'

export interface Credentials {
  readonly headers: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
}

/** Throws AppError (config, `secret-missing`) where the secret of this way is not there. */
export function credentialsOf(auth: AuthSettings, secrets: Readonly<Record<string, string>>): Credentials {
  switch (auth.kind) {
    case 'none':
      return { headers: {}, query: {} }
    case 'bearer':
      return { headers: { authorization: `Bearer ${secretOf(secrets, 'token')}` }, query: {} }
    case 'basic': {
      const pair = `${auth.username}:${secretOf(secrets, 'password')}`
      return { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }, query: {} }
    }
    case 'header':
      return { headers: { [auth.header.toLowerCase()]: (auth.prefix ?? '') + secretOf(secrets, 'key') }, query: {} }
    case 'query':
      return { headers: {}, query: { [auth.parameter]: secretOf(secrets, 'key') } }
  }
}

function secretOf(secrets: Readonly<Record<string, string>>, name: string): string {
  // Keys are pasted: a line break at the end is never part of them.
  const secret = secrets[name]?.trim()
  if (secret) return secret
  throw new AppError({
    kind: 'config',
    code: 'secret-missing',
    message: `The connection has no ${name} yet.`,
    kept: 'Nothing was sent.',
    next: `Enter the ${name} in the settings of the connection.`,
    details: { secret: name },
  })
}
