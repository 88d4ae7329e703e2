/** What connectors say in the same situation, with the words of their service put in. */
import { AppError } from '#shared/errors.ts'
import type { WriteCommand } from '#shared/model/connected.ts'

/** data, `answer-unexpected`: what came is not `expected`. `service` with its article: 'the practice CRM'. */
export function unexpectedAnswer(service: string, expected: string): AppError {
  return new AppError({
    kind: 'data',
    code: 'answer-unexpected',
    message: `An answer of ${service} is not ${expected}.`,
    kept: 'What was read before is kept.',
    next: `Check that the address of the connection is that of ${service}.`,
  })
}

/** data, `field-not-writable`: `why` follows the name of the field, as in 'does not exist'. */
export function cannotWrite(label: string, { name, why }: { readonly name: string; readonly why: string }): AppError {
  return new AppError({
    kind: 'data',
    code: 'field-not-writable',
    message: `The field "${name}" of ${label} ${why}.`,
    kept: 'The record was not sent.',
    next: 'Correct the value at its source, or change the mapping of this field.',
    details: { field: name },
  })
}

/** bug, `operation-not-offered`: the engine asked for a way of writing that the object does not have. */
export function notOffered(label: string, service: string, { operation }: WriteCommand): AppError {
  return new AppError({
    kind: 'bug',
    code: 'operation-not-offered',
    message: `${label} records of ${service} cannot be written this way.`,
    kept: 'The record was not sent.',
    next: 'Report this with the details.',
    details: { operation },
  })
}

/** bug, `prepared-unreadable`: a text in the journal that the connector did not make. */
export function unreadablePrepared(service: string): AppError {
  return new AppError({
    kind: 'bug',
    code: 'prepared-unreadable',
    message: `A stored write of ${service} cannot be read.`,
  })
}
