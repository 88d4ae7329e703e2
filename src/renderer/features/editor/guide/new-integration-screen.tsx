/** Guided creation: where from, where to, how records are recognised, what happens to known ones, a name. */
import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { Page } from '#renderer/ui/page.tsx'
import '../styles.ts'
import { useConnections } from '../use-editor.ts'
import { Questions } from './questions.tsx'
import { text } from './text.ts'

export function NewIntegrationScreen() {
  const connections = useConnections()
  return (
    <Page title={text.title} lead={text.lead} parent={{ href: '/integrations', label: text.integrations }}>
      <Answer of={connections} lines={5}>
        {(ready) => (ready.connections.length === 0 ? <None /> : <Questions connections={ready.connections} />)}
      </Answer>
    </Page>
  )
}

function None() {
  return (
    <Card>
      <EmptyState
        icon="connections"
        title={text.none}
        action={
          <Button component={Link} href="/add/connection">
            {text.noneButton}
          </Button>
        }
      >
        {text.noneWords}
      </EmptyState>
    </Card>
  )
}
