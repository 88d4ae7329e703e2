/** Rows of the error table that are this service's own. */
import type { ErrorInfo } from '#shared/errors.ts'
import type { ErrorRow } from '../../connector-kit/http.ts'

export const recordGoneCode = 'practice-crm-record-gone'

export const recordGone: ErrorInfo = {
  kind: 'data',
  code: recordGoneCode,
  message: 'The practice CRM no longer has this record.',
  kept: 'Nothing was changed.',
  next: 'Decide in Needs attention whether it is created again or let go.',
}

/** The service answers 404 for a record that is archived or never was. */
export const errorRows: readonly ErrorRow[] = [{ status: 404, error: () => recordGone }]
