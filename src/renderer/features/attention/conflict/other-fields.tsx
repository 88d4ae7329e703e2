/** The record's other fields, for whoever wants to know whom it is about. */
import type { ConflictSides } from '#shared/model/conflict.ts'
import classes from './conflict.module.css'
import { otherRows } from './conflict-view.ts'
import { type ServiceNames, text } from './text.ts'

export function OtherFields({ conflict, names }: { readonly conflict: ConflictSides; readonly names: ServiceNames }) {
  const rows = otherRows(conflict)
  if (rows.length === 0) return null
  return (
    <details className={classes.others}>
      <summary>{text.others(rows.length)}</summary>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{text.field}</th>
            <th scope="col">{names.source}</th>
            <th scope="col">{names.destination}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, source, destination }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td dir="auto">{source ?? <i>{text.nothing}</i>}</td>
              <td dir="auto">{destination ?? <i>{text.nothing}</i>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
