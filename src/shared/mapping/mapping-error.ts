/** The one error of a mapping that cannot be compiled: says where it stands and what is wrong there. */
import { AppError } from '../errors.ts'

/** `place` is the path in the definition, such as 'mapping[3].steps[1].pattern'; `problem` completes "there is a mistake: ". */
export function mappingError(place: string, problem: string, cause?: unknown): AppError {
  return new AppError(
    {
      kind: 'config',
      code: 'mapping-invalid',
      message: `The definition has a mistake at ${place}: ${problem}.`,
      kept: 'Nothing was read or written.',
      next: `Correct ${place} and save the integration again.`,
      details: { place, problem },
    },
    cause,
  )
}
