/** Addresses and their screens; each feature is loaded when it is first opened. */
import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Link, Route, Switch } from 'wouter'
import { Waiting } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { text } from './text.ts'

const HomeScreen = lazy(() =>
  import('#renderer/features/home/index.ts').then((feature) => ({ default: feature.HomeScreen })),
)
const ConnectionsScreen = lazy(() =>
  import('#renderer/features/connections/index.ts').then((feature) => ({ default: feature.ConnectionsScreen })),
)
const ConnectionScreen = lazy(() =>
  import('#renderer/features/connections/index.ts').then((feature) => ({ default: feature.ConnectionScreen })),
)
const AddConnectionScreen = lazy(() =>
  import('#renderer/features/connections/index.ts').then((feature) => ({ default: feature.AddConnectionScreen })),
)
const NewConnectionScreen = lazy(() =>
  import('#renderer/features/connections/index.ts').then((feature) => ({ default: feature.NewConnectionScreen })),
)
const EditConnectionScreen = lazy(() =>
  import('#renderer/features/connections/index.ts').then((feature) => ({ default: feature.EditConnectionScreen })),
)
const IntegrationsScreen = lazy(() =>
  import('#renderer/features/integrations/index.ts').then((feature) => ({ default: feature.IntegrationsScreen })),
)
const IntegrationScreen = lazy(() =>
  import('#renderer/features/integrations/index.ts').then((feature) => ({ default: feature.IntegrationScreen })),
)
const EditorScreen = lazy(() =>
  import('#renderer/features/editor/index.ts').then((feature) => ({ default: feature.EditorScreen })),
)
const NewIntegrationScreen = lazy(() =>
  import('#renderer/features/editor/index.ts').then((feature) => ({ default: feature.NewIntegrationScreen })),
)
const NewLegScreen = lazy(() =>
  import('#renderer/features/editor/index.ts').then((feature) => ({ default: feature.NewLegScreen })),
)
const SetScreen = lazy(() =>
  import('#renderer/features/integrations/index.ts').then((feature) => ({ default: feature.SetScreen })),
)
const PlanScreen = lazy(() =>
  import('#renderer/features/plans/index.ts').then((feature) => ({ default: feature.PlanScreen })),
)
const RunsScreen = lazy(() =>
  import('#renderer/features/runs/index.ts').then((feature) => ({ default: feature.RunsScreen })),
)
const RunScreen = lazy(() =>
  import('#renderer/features/runs/index.ts').then((feature) => ({ default: feature.RunScreen })),
)
const ScheduleScreen = lazy(() =>
  import('#renderer/features/schedules/index.ts').then((feature) => ({ default: feature.ScheduleScreen })),
)
const AttentionScreen = lazy(() =>
  import('#renderer/features/attention/index.ts').then((feature) => ({ default: feature.AttentionScreen })),
)
const SettingsScreen = lazy(() =>
  import('#renderer/features/settings/index.ts').then((feature) => ({ default: feature.SettingsScreen })),
)
const VaultScreen = lazy(() =>
  import('#renderer/features/vault/vault-screen.tsx').then((feature) => ({ default: feature.VaultScreen })),
)

export function Routes() {
  return (
    <Suspense fallback={<Waiting lines={6} />}>
      <Switch>
        <Route path="/" component={HomeScreen} />
        <Route path="/connections" component={ConnectionsScreen} />
        <Route path="/add/connection" component={AddConnectionScreen} />
        <Route path="/add/connection/:connector">
          {({ connector }) => <NewConnectionScreen connectorId={connector} />}
        </Route>
        <Route path="/connections/:id/edit">{({ id }) => <EditConnectionScreen connectionId={id} />}</Route>
        <Route path="/connections/:id">{({ id }) => <ConnectionScreen connectionId={id} />}</Route>
        <Route path="/add/integration" component={NewIntegrationScreen} />
        <Route path="/add/leg/fan-out/:id">{({ id }) => <NewLegScreen besideId={id} pattern="fan-out" />}</Route>
        <Route path="/add/leg/aggregation/:id">
          {({ id }) => <NewLegScreen besideId={id} pattern="aggregation" />}
        </Route>
        <Route path="/sets/:id">{({ id }) => <SetScreen setId={id} />}</Route>
        <Route path="/integrations" component={IntegrationsScreen} />
        <Route path="/integrations/:id/edit">{({ id }) => <EditorScreen integrationId={id} />}</Route>
        <Route path="/integrations/:id/schedule">{({ id }) => <ScheduleScreen integrationId={id} />}</Route>
        <Route path="/integrations/:id">{({ id }) => <IntegrationScreen integrationId={id} />}</Route>
        <Route path="/plans/:id">{({ id }) => <PlanScreen planId={id} />}</Route>
        <Route path="/runs" component={RunsScreen} />
        <Route path="/runs/:id">{({ id }) => <RunScreen runId={id} />}</Route>
        <Route path="/attention" component={AttentionScreen} />
        <Route path="/settings" component={SettingsScreen} />
        <Route path="/unlock" component={VaultScreen} />
        <Route>
          <NothingHere />
        </Route>
      </Switch>
    </Suspense>
  )
}

function NothingHere() {
  return (
    <Page title={text.notFound.title}>
      <Card>
        <EmptyState
          icon="quiet"
          title={text.notFound.title}
          action={
            <Button component={Link} href="/">
              {text.notFound.button}
            </Button>
          }
        >
          {text.notFound.words}
        </EmptyState>
      </Card>
    </Page>
  )
}
