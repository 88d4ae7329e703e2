/** Why the host refuses a request, in words: a person may see them in the browser. */

import { hostStopping } from '#main/rpc/failures.ts'
import type { ErrorInfo } from '#shared/errors.ts'

export interface Refusal {
  readonly status: number
  readonly error: ErrorInfo
}

const kept = 'Nothing was done and nothing has changed.'
const openLink = 'Run "npm start" or "patchbay serve" again: it prints a new link to the Patchbay that runs.'

function refusal(status: number, code: string, message: string, next: string): Refusal {
  return { status, error: { kind: 'config', code, message, kept, next } }
}

export const refusals = {
  wrongAddress: refusal(
    421,
    'wrong-address',
    'Patchbay answers only at its own address on this computer.',
    'Open the link that Patchbay printed when it started.',
  ),
  badPath: refusal(400, 'bad-path', 'This address cannot be read.', 'Open the link that Patchbay printed.'),
  foreignPage: refusal(403, 'foreign-page', 'Another page tried to use Patchbay and was refused.', openLink),
  needsLink: refusal(
    401,
    'needs-link',
    'This page is not signed in: its link was used before, has expired, or Patchbay was started anew since.',
    openLink,
  ),
  tooManyTries: refusal(
    429,
    'too-many-tries',
    'Too many wrong links were tried. Patchbay waits a minute before it takes another.',
    `Wait a minute. ${openLink}`,
  ),
  notFound: refusal(404, 'not-found', 'There is nothing at this address.', 'Open the start page: /'),
  wrongMethod: refusal(405, 'wrong-method', 'This address is not used in this way.', 'Open the start page: /'),
  notJson: refusal(415, 'not-json', 'Only JSON is taken here.', 'Reload the page.'),
  badJson: refusal(400, 'bad-json', 'What was sent is not readable JSON.', 'Reload the page and try again.'),
  tooSlow: refusal(408, 'too-slow', 'The request did not arrive in time.', 'Try again.'),
  tooManyStreams: refusal(
    429,
    'too-many-windows',
    'Too many windows are open at the same time.',
    'Close some of them and reload this one.',
  ),
  noWindow: refusal(
    503,
    'window-not-built',
    'The window of Patchbay is missing in this installation; the command line works.',
    'Run "npm run build" and start Patchbay again.',
  ),
  stopping: { status: 503, error: hostStopping },
  unexpected: {
    status: 500,
    error: {
      kind: 'bug',
      code: 'host-error',
      message: 'Something went wrong in Patchbay that it did not expect.',
      kept: 'What was already done is in the journal and is not done again.',
      next: 'Try again. If it happens again, look into the log and report it.',
    },
  },
} as const satisfies Readonly<Record<string, Refusal>>
