import type { Value } from './value.ts'

/** A value that could not be used, with the place it stands in. It parks one record; the run goes on. */
export interface DataIssue {
  /** kebab-case, stable. */
  readonly code: string
  /** One plain sentence that names field and value. */
  readonly message: string
  /** The field, as a path: 'email', 'lines[3].price', or '' for the whole record. */
  readonly field: string
  readonly value?: Value
  /** Where it was read: 'row 17', 'page 3'. */
  readonly place?: string
  /** What would mend it. */
  readonly next?: string
}
