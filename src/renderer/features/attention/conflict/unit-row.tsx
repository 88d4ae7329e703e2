/** One field of a conflict, or a group: left what the source holds, right what the destination holds, between them the result. */
import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useId } from 'react'
import { formatInstant } from '#renderer/ui/format.ts'
import { fieldLabel } from '#renderer/ui/value-view.ts'
import type { ConflictSide, ConflictSides, ConflictUnit } from '#shared/model/conflict.ts'
import type { UnitChoice } from '#shared/model/decision.ts'
import classes from './conflict.module.css'
import { baseLines, ownInput, resultLines, sideLines } from './conflict-view.ts'
import { Both, Lines, LinesInRow } from './lines.tsx'
import { type ServiceNames, text } from './text.ts'

export interface UnitRowProps {
  readonly unit: ConflictUnit
  readonly conflict: ConflictSides
  readonly agreedAt: string | null
  readonly names: ServiceNames
  readonly choice: UnitChoice | undefined
  readonly onChoose: (choice: UnitChoice) => void
}

export function UnitRow(props: UnitRowProps) {
  const { unit, choice, onChoose } = props
  const id = useId()
  /** The arrow points at the pane that is taken. */
  const takeByArrow = (event: KeyboardEvent<HTMLElement>): void => {
    const isRadio = event.target instanceof HTMLInputElement && event.target.type === 'radio'
    if (!isRadio || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
    event.preventDefault()
    const take = event.key === 'ArrowLeft' ? 'source' : 'destination'
    onChoose({ take })
    document.getElementById(`${id}-${take}`)?.focus()
  }
  return (
    <fieldset className={classes.unit} onKeyDown={takeByArrow}>
      <legend className={classes.legend}>{fieldLabel(unit.name)}</legend>
      <Base {...props} />
      <div className={classes.panes}>
        <SidePane {...props} side="source" id={id} isTaken={choice?.take === 'source'} />
        <ResultPane {...props} />
        <SidePane {...props} side="destination" id={id} isTaken={choice?.take === 'destination'} />
      </div>
    </fieldset>
  )
}

function Base({ unit, conflict, agreedAt, names }: UnitRowProps) {
  const lines = baseLines(unit, conflict)
  if (!lines) return <p className={classes.base}>{text.neverAgreed}</p>
  return (
    <p className={classes.base}>
      {agreedAt === null ? text.agreed : text.agreedAt(formatInstant(agreedAt))}:{' '}
      {lines.kind === 'same' ? (
        <LinesInRow lines={lines.lines} />
      ) : (
        <>
          {names.source}: <LinesInRow lines={lines.source} /> | {names.destination}:{' '}
          <LinesInRow lines={lines.destination} />
        </>
      )}
    </p>
  )
}

interface SidePaneProps extends UnitRowProps {
  readonly side: ConflictSide
  readonly id: string
  readonly isTaken: boolean
}

function SidePane({ unit, conflict, names, side, id, isTaken, onChoose }: SidePaneProps) {
  return (
    <label className={classes.pane} data-taken={isTaken || undefined}>
      <span className={classes.paneName}>{names[side]}</span>
      <span className={classes.choice}>
        <input
          id={`${id}-${side}`}
          type="radio"
          name={id}
          checked={isTaken}
          onChange={() => onChoose({ take: side })}
        />
        <Lines lines={sideLines(unit, conflict, side)} />
      </span>
    </label>
  )
}

function ResultPane({ unit, conflict, names, choice, onChoose }: UnitRowProps) {
  const own = ownInput(unit, conflict, choice)
  const result = resultLines(unit, conflict, choice)
  return (
    <div className={classes.result}>
      <span className={classes.paneName}>{text.result}</span>
      {own && (
        <TextInput
          aria-label={text.resultOf(fieldLabel(unit.name))}
          type={own.kind}
          size="sm"
          dir="auto"
          value={own.value}
          onChange={(event) => onChoose({ take: 'own', value: event.currentTarget.value })}
        />
      )}
      {!own && result && <Both lines={result} names={names} />}
      {!choice && <span className={classes.hint}>{own ? text.chooseOrType : text.choose}</span>}
      {choice?.take === 'own' && <span className={classes.hint}>{text.ownGoes}</span>}
    </div>
  )
}
