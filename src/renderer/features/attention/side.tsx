/** What a service holds, or was sent, under its name. */
import { fieldLabel, valueText } from '#renderer/ui/value-view.ts'
import type { Values } from '#shared/model/value.ts'
import classes from './attention.module.css'
import { text } from './text.ts'

export function Side({ title, values }: { readonly title: string; readonly values: Values }) {
  return (
    <section className={classes.side} aria-label={title}>
      <h3>{title}</h3>
      <dl>
        {Object.entries(values).map(([field, value]) => (
          <div key={field}>
            <dt>{fieldLabel(field)}</dt>
            <dd dir="auto">{valueText(value) ?? <i>{text.nothing}</i>}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
