/** Why a record whose counterpart is gone is deleted, held or left alone, in the words of plan and run log. */
import type { RecordReason } from '#shared/model/run.ts'

export const deletedToo: RecordReason = {
  code: 'policy',
  message: 'Gone from the source, looked for twice; the policy of this integration deletes it here too.',
}

export const markedToo: RecordReason = {
  code: 'policy',
  message: 'Gone from the source, looked for twice; the policy of this integration marks it here.',
}

export const deletedByDecision: RecordReason = {
  code: 'policy',
  message: 'Gone from the source; a person decided to delete it here too.',
}

export const sourceGone: RecordReason = {
  code: 'source-gone',
  message: 'The record is gone from the source.',
  next: 'Decide whether it goes here too, or stays.',
}

export function tooManyGone(missingCount: number, linkedCount: number): RecordReason {
  return {
    code: 'mass-delete',
    message: `${missingCount} of ${linkedCount} linked records are gone from the source at once, which is unusual: nothing is deleted by itself.`,
    next: 'Look at the source: was a list shortened, a filter set, a right taken away? If they are really gone, decide for all alike.',
  }
}

export const sourceEmpty: RecordReason = {
  code: 'mass-delete',
  message: 'The source gave no record at all, which is unusual: nothing is deleted by itself.',
  next: 'Look at the source: is it the right file or account? If all are really gone, decide for all alike.',
}

export const notConfirmed: RecordReason = {
  code: 'not-confirmed',
  message:
    'The record is missing from the list of the source, but the source no longer shows records it listed a moment ago either, so it is not taken for deleted.',
  next: 'Check the rights of the connection, then run again.',
}

export const cannotDelete: RecordReason = {
  code: 'cannot-delete',
  message: 'Gone from the source; this connection cannot delete records here.',
  next: 'Remove it by hand there, or leave it out.',
}

export const writeOpen: RecordReason = {
  code: 'write-still-open',
  message: 'Gone from the source; an earlier write of this record is waiting for a decision.',
  next: 'Decide on the held write first.',
}

export const goneOnBothSides: RecordReason = {
  code: 'gone-on-both-sides',
  message: 'Gone from the source and from the destination: the link is closed.',
}

export const markedAlready: RecordReason = {
  code: 'marked-already',
  message: 'Gone from the source, and marked here already: the link is closed.',
}

export const fedElsewhere: RecordReason = {
  code: 'fed-elsewhere',
  message: 'Gone from this source; another integration still brings the record from elsewhere, so it stays.',
}

export const keptByDecision: RecordReason = {
  code: 'kept',
  message: 'Gone from the source; a person decided that it stays here. The link is closed.',
}

export const cameBack: RecordReason = {
  code: 'came-back',
  message: 'This record was deleted before and is there again at the source under the same number.',
  next: 'Decide whether it takes part again, or is left out.',
}

export const foundAgain: RecordReason = {
  code: 'found-again',
  message: 'The record is there again at the source, so nothing was deleted.',
  next: 'Make a new plan.',
}
