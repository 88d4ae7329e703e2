/** Refuses a policy for deletions that the destination cannot carry out: said before anything is planned. */
import { AppError } from '#shared/errors.ts'
import type { DeletePolicy } from '#shared/model/delete-policy.ts'
import type { ObjectDescription } from '#shared/model/object.ts'

/** Throws AppError (config) `cannot-delete`. */
export function refuseUndeletable(deletes: DeletePolicy, { label, writes }: ObjectDescription): void {
  const isPossible = deletes === 'delete' ? writes.delete : typeof deletes === 'object' ? writes.update : true
  if (isPossible) return
  throw new AppError({
    kind: 'config',
    code: 'cannot-delete',
    message: `Records of "${label}" cannot be ${deletes === 'delete' ? 'deleted' : 'changed'} through this connection, and the integration is to do so when they are gone from the source.`,
    kept: 'Nothing was written.',
    next: 'Choose another rule for records that are gone from the source: leave them, or hold them for a person.',
  })
}
