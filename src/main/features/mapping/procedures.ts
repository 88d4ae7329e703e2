/** What the mapping editor asks the core. */
import type { Answers } from '#main/engine/ports/surroundings.ts'
import type { CheckExpression } from '#main/use-cases/definitions.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import type { mappingContract } from '#shared/contract/mapping.ts'
import { stepKinds } from './step-kinds.ts'

export interface MappingParts {
  readonly answersFor: (sourceConnection: string, destinationConnection: string) => Answers
  readonly checkExpression: CheckExpression
}

export function mappingProcedures(parts: MappingParts): HandlersOf<keyof typeof mappingContract> {
  return {
    'mapping.steps': () => ({ steps: [...stepKinds()] }),
    'mapping.answers': async ({ sourceConnection, destinationConnection, questions }, { signal }) => ({
      answers: [...(await parts.answersFor(sourceConnection, destinationConnection).ask(questions, signal))],
    }),
    'mapping.check-calculation': async ({ expression }) => {
      const checked = await parts.checkExpression(expression)
      return { problem: checked.ok ? null : { message: checked.message, position: checked.position } }
    },
  }
}
