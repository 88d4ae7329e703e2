/** What every field of one form shares: the root of the schema, and what the core said is wrong where. */
import { createContext, useContext } from 'react'
import type { PathKind } from '#shared/desktop-bridge.ts'
import type { Json } from '#shared/json.ts'
import type { Schema } from './schema.ts'

export interface Problem {
  /** Place in the value: 'objects.0.list.path'. */
  readonly place: string
  readonly message: string
}

export interface FormContext {
  readonly root: Schema
  readonly problems: readonly Problem[]
  /** Lets a person choose a path, where the host can ask. */
  readonly choosePath?: ChoosePath | undefined
}

export type ChoosePath = (kind: PathKind) => Promise<string | null>

export const SchemaFormContext = createContext<FormContext>({ root: {}, problems: [] })

export function useFormContext(): FormContext {
  return useContext(SchemaFormContext)
}

/** What is wrong exactly here. */
export function useProblem(place: string): string | undefined {
  return useFormContext().problems.find((problem) => problem.place === place)?.message
}

/** Whether something is wrong here or further inside. */
export function useHasProblem(place: string): boolean {
  return useFormContext().problems.some((problem) => problem.place === place || problem.place.startsWith(`${place}.`))
}

export interface FieldProps {
  readonly name: string
  readonly schema: Schema
  readonly value: Json | undefined
  readonly isRequired: boolean
  readonly place: string
  /** undefined takes the value out. */
  readonly onChange: (value: Json | undefined) => void
}

export function placeIn(place: string, step: string | number): string {
  return place === '' ? String(step) : `${place}.${step}`
}
