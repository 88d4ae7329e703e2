/** The steps of the mapping language with their options as JSON Schema: the editor makes its forms from them. */
import { z } from 'zod'
import type { Output } from '#shared/contract/contract.ts'
import { isJsonObject, type JsonObject } from '#shared/json.ts'
import { bareStepNames, stepNames, stepSchema } from '#shared/mapping/schema/step-schema.ts'

type StepKind = Output<'mapping.steps'>['steps'][number]

let known: readonly StepKind[] | undefined

export function stepKinds(): readonly StepKind[] {
  known ??= stepNames.map(stepKind)
  return known
}

function stepKind(name: string): StepKind {
  const schema = optionsOf(name)
  return {
    name,
    description: typeof schema.description === 'string' ? schema.description : name,
    isBare: bareStepNames.some((bare) => bare === name),
    options: schema,
  }
}

let properties: JsonObject | undefined

/** The schema of one step's options, self-contained: what it refers to stands in its `$defs`. */
function optionsOf(name: string): JsonObject {
  // What zod produces is JSON by construction; going through text drops what is undefined.
  const whole = JSON.parse(
    JSON.stringify(z.toJSONSchema(stepSchema, { io: 'input', unrepresentable: 'any' })),
  ) as JsonObject
  properties ??= propertiesIn(whole)
  const options = properties[name]
  const definitions = isJsonObject(whole.$defs) ? { $defs: whole.$defs } : {}
  return { ...(isJsonObject(options) ? options : {}), ...(name === 'each' || name === 'fallback' ? definitions : {}) }
}

function propertiesIn(value: unknown): JsonObject {
  const found = find(value)
  if (!found) throw new Error('the schema of the steps has no object with their names')
  return found
}

/** The properties of the object whose keys are the step names, wherever zod puts it. */
function find(value: unknown): JsonObject | undefined {
  if (Array.isArray(value)) return value.map(find).find((found) => found !== undefined)
  if (!isJsonObject(value)) return undefined
  if (isJsonObject(value.properties) && 'collapse-spaces' in value.properties) return value.properties
  return Object.values(value)
    .map(find)
    .find((found) => found !== undefined)
}
