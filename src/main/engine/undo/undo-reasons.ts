/** Why a write is taken back, or why not, in the words of the plan and the run log. */
import type { RecordReason } from '#shared/model/run.ts'

export const putBack: RecordReason = { code: 'undone', message: 'Put back as it was before that run.' }
export const removed: RecordReason = { code: 'undone', message: 'That run had made the record; it is removed.' }
export const madeAgain: RecordReason = {
  code: 'undone',
  message: 'That run had deleted the record; it is made again, under a new number of the service.',
}

export function putBackOverNewer(fields: string): RecordReason {
  return {
    code: 'undone',
    message: `Put back as it was before that run, over what was changed since: ${fields}.`,
  }
}

export const removedThoughTouched: RecordReason = {
  code: 'undone',
  message: 'That run had made the record; it is removed although it was changed since.',
}

/** `fields` may be empty: something else of the record changed. */
export function changedSince(fields: string): RecordReason {
  const what = fields === '' ? 'The record' : fields
  return {
    code: 'changed-since',
    message: `${what} was changed after that run, so nothing is taken back here.`,
    next: 'Leave it as it is, or undo the run again and take back what was changed since, too.',
  }
}

export const writeStillOpen: RecordReason = {
  code: 'write-still-open',
  message: 'A write of this record is waiting for a decision.',
  next: 'Decide on the held write first.',
}

export const gone: RecordReason = {
  code: 'destination-gone',
  message: 'The record no longer exists there, so it cannot be put back.',
}

export const notLinked: RecordReason = {
  code: 'not-linked',
  message: 'The record is not linked with this integration any more.',
  next: 'Correct it by hand there.',
}

export const cannotUpdate: RecordReason = {
  code: 'cannot-update',
  message: 'This connection cannot change records there.',
  next: 'Correct it by hand there: the old values stand here.',
}

export const cannotDelete: RecordReason = {
  code: 'cannot-delete',
  message: 'This connection cannot delete records there.',
  next: 'Remove it by hand there.',
}

export const cannotCreate: RecordReason = {
  code: 'cannot-create',
  message: 'This connection cannot make records there.',
  next: 'Make it again by hand there: the old values stand here.',
}

export const nothingKept: RecordReason = {
  code: 'nothing-kept',
  message: 'Nothing was kept of this record that could be written again.',
}

export const mayHaveExisted: RecordReason = {
  code: 'may-have-existed',
  message:
    'There, making a record changes one that is there already under the same key, and this run had not looked: it may have existed before.',
  next: 'Look at it there, and remove it by hand if it is new.',
}

export function fieldGone(field: string): RecordReason {
  return {
    code: 'field-gone',
    message: `${field} cannot be written there any more.`,
    next: 'Correct it by hand there: the old value stands here.',
  }
}

export const changedMeanwhile: RecordReason = {
  code: 'changed-meanwhile',
  message: 'The record was changed after this plan was made, so nothing was taken back here.',
  next: 'Look at what stands there now, then undo the run again.',
}

export const planStale: RecordReason = {
  code: 'plan-stale',
  message: 'The record was written since this plan was made; this item was not carried out.',
  next: 'Undo the run again.',
}

/** The plan was approved for a two-way integration that is one-way now. */
export const noWayBack: RecordReason = {
  code: 'no-way-back',
  message: 'The integration does not write in this direction any more.',
  next: 'Correct it by hand there: the old values stand here.',
}
