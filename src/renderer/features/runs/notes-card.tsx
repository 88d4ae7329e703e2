/** What a run noticed beside its records. */
import { Card } from '#renderer/ui/card.tsx'
import type { RunDetail } from '#renderer/ui/run-view.ts'
import { text } from './text.ts'

export function NotesCard({ notes }: Pick<RunDetail, 'notes'>) {
  if (notes.length === 0) return null
  return (
    <Card title={text.noticed} hint={text.noticedHint}>
      <ul>
        {notes.map(({ code, message, next }) => (
          <li key={`${code} ${message}`}>
            {message}
            {next && ` ${next}`}
          </li>
        ))}
      </ul>
    </Card>
  )
}
