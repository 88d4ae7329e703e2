/** Guided creation of a further leg: the shared end is given, the rest is asked as for any integration. */
import { Page } from '#renderer/ui/page.tsx'
import type { SetPattern } from '#shared/model/leg.ts'
import '../styles.ts'
import { Waiting } from '#renderer/ui/answer.tsx'
import { useConnections } from '../use-editor.ts'
import { useNewLeg } from './new-leg.ts'
import { Questions } from './questions.tsx'
import { text } from './text.ts'

export function NewLegScreen({ besideId, pattern }: { readonly besideId: string; readonly pattern: SetPattern }) {
  const connections = useConnections()
  const leg = useNewLeg(besideId, pattern)
  return (
    <Page
      title={text.leg.titles[leg?.legOf.pattern ?? pattern]}
      lead={leg && text.leg.lead(leg.beside.name)}
      parent={{ href: `/integrations/${besideId}`, label: leg?.beside.name ?? text.integrations }}
    >
      {leg && connections.data ? (
        <Questions connections={connections.data.connections} leg={leg} />
      ) : (
        <Waiting lines={5} />
      )}
    </Page>
  )
}
