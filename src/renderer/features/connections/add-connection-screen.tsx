/** The first question of a new connection: which service. */
import { Link } from 'wouter'
import { Answer } from '#renderer/ui/answer.tsx'
import { ChoiceList } from '#renderer/ui/choice-list.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { text } from './text.ts'
import { useConnectors } from './use-connections.ts'

export function AddConnectionScreen() {
  const connectors = useConnectors()
  return (
    <Page title={text.add.title} lead={text.add.lead} parent={{ href: '/connections', label: text.title }}>
      <Answer of={connectors} lines={5}>
        {(ready) => (
          <ChoiceList
            label={text.add.lead}
            items={ready.connectors.map(({ id, name, summary }) => ({
              id,
              title: name,
              words: summary,
              link: (children) => <Link href={`/add/connection/${id}`}>{children}</Link>,
            }))}
          />
        )}
      </Answer>
    </Page>
  )
}
