/** JSON inside the contract: readonly, as everything that crosses a border. */
import { z } from 'zod'
import type { JsonObject } from '../json.ts'
import type { Value, Values } from '../model/value.ts'

export const valueSchema: z.ZodType<Value> = z.json()
export const valuesSchema: z.ZodType<Values> = z.record(z.string(), z.json())
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), z.json())
