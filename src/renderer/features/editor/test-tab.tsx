/** The mapping against values as they should not be but will be: nothing is read or written for it. */
import { Checkbox, NativeSelect } from '@mantine/core'
import { useMemo, useState } from 'react'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import { valueText } from '#renderer/ui/value-view.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { text } from './text.ts'
import { casesOf, fieldsRead, type TriedCase, tryCase } from './try-cases.ts'

/** More lines than this nobody reads; a field can be chosen. */
const mostShown = 200
const mostLetters = 60

export function TestTab() {
  const { definition, source, preview, lines } = useEditor()
  const labels = new Map(lines.map(({ name, label }) => [name, label]))
  const { mapping } = definition
  const [field, setField] = useState('')
  const [isOnlyWaiting, setOnlyWaiting] = useState(true)
  const cases = useMemo(() => casesOf(mapping, source.values), [mapping, source.values])
  const tried = useMemo(() => cases.map((one) => tryCase(one, mapping, preview)), [cases, mapping, preview])
  if (cases.length === 0) return <p className={classes.quiet}>{text.test.none}</p>
  const shown = tried.filter(
    (one) => (field === '' || one.field === field) && (!isOnlyWaiting || one.problem !== undefined),
  )
  return (
    <div className={classes.tab}>
      <p className={classes.quiet}>{text.test.hint}</p>
      <p role="status">
        {text.test.summary(tried.filter(({ problem }) => problem !== undefined).length, tried.length)}
      </p>
      <div className={classes.tools}>
        <NativeSelect
          label={text.test.field}
          value={field}
          data={[{ value: '', label: text.test.allFields }, ...fieldsRead(mapping)]}
          onChange={(event) => setField(event.currentTarget.value)}
        />
        <Checkbox
          label={text.test.onlyWaiting}
          checked={isOnlyWaiting}
          onChange={(event) => setOnlyWaiting(event.currentTarget.checked)}
        />
      </div>
      {shown.length > mostShown && <p className={classes.quiet}>{text.test.shown(mostShown, shown.length)}</p>}
      <table className={classes.table} aria-label={text.tabs.test}>
        <thead>
          <tr>
            <th scope="col">{text.test.field}</th>
            <th scope="col">{text.test.value}</th>
            <th scope="col">{text.test.result}</th>
            <th scope="col">{text.test.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {shown.slice(0, mostShown).map((one) => (
            <Case key={`${one.field}/${one.kind}/${JSON.stringify(one.value)}`} tried={one} labels={labels} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Case({ tried, labels }: { readonly tried: TriedCase; readonly labels: ReadonlyMap<string, string> }) {
  const written = valueText(tried.value)
  return (
    <tr>
      <th scope="row" dir="auto">
        {tried.field}
      </th>
      <td data-label={text.test.value}>
        {text.test.kinds[tried.kind]}
        {written?.trim() && (
          <span className={classes.sampleValue} dir="auto">
            {cut(written)}
          </span>
        )}
      </td>
      <td data-label={text.test.result}>
        {tried.problem ? (
          <span className={classes.issue} dir="auto">
            {tried.problem}
          </span>
        ) : (
          tried.results.map(({ to, becomes }) => (
            <span key={to} className={classes.outcome} dir="auto">
              {`${labels.get(to) ?? to}: `}
              {becomes === undefined || valueText(becomes) === null ? (
                <i>{text.table.nothing}</i>
              ) : (
                cut(valueText(becomes) ?? '')
              )}
            </span>
          ))
        )}
      </td>
      <td data-label={text.test.outcome}>
        <StatusMark
          {...(tried.problem
            ? { tone: 'warn', word: text.test.waits }
            : tried.isWaiting
              ? { tone: 'quiet', word: text.table.waiting }
              : { tone: 'ok', word: text.test.works })}
        />
      </td>
    </tr>
  )
}

function cut(words: string): string {
  return words.length > mostLetters ? `${words.slice(0, mostLetters - 1)}…` : words
}
