/** Records of a plan or a run: what became of each, field by field, and why. */
import { useState } from 'react'
import { LongList } from './long-list.tsx'
import classes from './record-list.module.css'
import type { FieldRow, RecordView } from './record-view.ts'
import { StatusMark } from './status-mark.tsx'
import { text } from './text.ts'

export interface RecordListProps {
  readonly label: string
  readonly count: number
  readonly hasMore: boolean
  readonly recordAt: (index: number) => RecordView | undefined
  readonly onVisible: (firstIndex: number, lastIndex: number) => void
}

const usualHeightPx = 84

export function RecordList({ label, count, hasMore, recordAt, onVisible }: RecordListProps) {
  return (
    <LongList
      label={label}
      count={count}
      hasMore={hasMore}
      estimatePx={usualHeightPx}
      onVisible={onVisible}
      row={(index) => {
        const record = recordAt(index)
        return record && <RecordItem key={record.seq} record={record} />
      }}
    />
  )
}

function RecordItem({ record }: { readonly record: RecordView }) {
  return (
    <article className={classes.record}>
      <header className={classes.head}>
        <div className={classes.names}>
          <strong className={classes.label} dir="auto">
            {record.label}
          </strong>
          {record.ids !== record.label && <span className={classes.ids}>{record.ids}</span>}
        </div>
        <StatusMark tone={record.tone} word={record.word} />
      </header>
      {record.reason && (
        <div className={classes.reason} dir="auto">
          <p>
            {record.reason.message}
            {record.reason.place && <span className={classes.place}> ({record.reason.place})</span>}
          </p>
          {record.reason.next && <p className={classes.next}>{record.reason.next}</p>}
        </div>
      )}
      {record.rows.length > 0 &&
        (record.isNew ? <FoldedFields record={record} /> : <Fields rows={record.rows} isNew={false} />)}
    </article>
  )
}

function FoldedFields({ record }: { readonly record: RecordView }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={classes.fold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? text.hideFields : text.showFields(record.rows.length)}
        <span className={classes.hidden}> ({record.label})</span>
      </button>
      {isOpen && <Fields rows={record.rows} isNew />}
    </>
  )
}

function Fields({ rows, isNew }: { readonly rows: readonly FieldRow[]; readonly isNew: boolean }) {
  return (
    <dl className={classes.fields}>
      {rows.map((row) => (
        <div key={row.field} className={classes.field}>
          <dt title={row.field}>{row.label}</dt>
          <dd>
            {!isNew && (
              <>
                <Shown value={row.before} kind="before" />
                <span className={classes.arrow} role="img" aria-label={text.becomes}>
                  →
                </span>
              </>
            )}
            <Shown value={row.after} kind={isNew ? 'plain' : 'after'} />
            {row.isSubtle && <span className={classes.subtle}>{text.subtle}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Shown({ value, kind }: { readonly value: string | null; readonly kind: 'before' | 'after' | 'plain' }) {
  if (value === null) return <i className={classes.nothing}>{text.nothing}</i>
  return (
    <span className={classes[kind]} dir="auto">
      {value}
    </span>
  )
}
