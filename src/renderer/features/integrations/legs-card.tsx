/** How an integration grows into a set: the set it is a leg of, or the ways to begin one. */
import { Button, Group } from '@mantine/core'
import { Link } from 'wouter'
import { Card } from '#renderer/ui/card.tsx'
import type { SetPattern } from '#shared/model/leg.ts'
import type { Integration } from './integration-view.ts'
import { text } from './text.ts'

export function LegsCard({ integration }: { readonly integration: Integration }) {
  if (integration.pattern !== 'one-way') return null
  const { id, legOf } = integration
  const beside = (pattern: SetPattern): string => `/add/leg/${pattern}/${id}`
  return (
    <Card title={text.legs.title} hint={legOf ? text.legs.words[legOf.pattern] : text.legs.hint}>
      <Group gap="sm">
        {legOf && (
          <Button component={Link} href={`/sets/${legOf.set}`} variant="default">
            {text.legs.show(legOf.name)}
          </Button>
        )}
        {legOf?.pattern !== 'aggregation' && (
          <Button component={Link} href={beside('fan-out')} variant="default">
            {text.legs.addFollower}
          </Button>
        )}
        {legOf?.pattern !== 'fan-out' && (
          <Button component={Link} href={beside('aggregation')} variant="default">
            {text.legs.addSource}
          </Button>
        )}
      </Group>
    </Card>
  )
}
