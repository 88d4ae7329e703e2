/** Settings: look, place of the data, history, backup, check-up, definitions file. */
import { Button, FileButton, Group } from '@mantine/core'
import { Link } from 'wouter'
import { useFileImport } from '#renderer/app/session-import.ts'
import { Answer } from '#renderer/ui/answer.tsx'
import { Card } from '#renderer/ui/card.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { CheckCard } from './check-card.tsx'
import { HistoryCard } from './history-card.tsx'
import { LookCard } from './look-card.tsx'
import { SchedulesCard } from './schedules-card.tsx'
import classes from './settings-screen.module.css'
import { text } from './text.ts'
import { useBackup, useExport, useStatus } from './use-settings.ts'

export function SettingsScreen() {
  return (
    <Page title={text.title} lead={text.lead}>
      <LookCard />
      <SchedulesCard />
      <PlaceCard />
      <HistoryCard />
      <BackupCard />
      <CheckCard />
      <FileCard />
    </Page>
  )
}

function PlaceCard() {
  const status = useStatus()
  return (
    <Card title={text.place.title}>
      <Answer of={status}>
        {({ version, dataFolder, vault }) => (
          <dl className={classes.facts}>
            <div>
              <dt>{text.place.folder}</dt>
              <dd>{dataFolder}</dd>
              <dd className={classes.quiet}>{text.place.folderHelp}</dd>
            </div>
            <div>
              <dt>{text.place.keys}</dt>
              <dd>{vault.reason}</dd>
              {vault.keptBy.length > 0 && (
                <dd className={classes.quiet}>{text.place.keysBy(vault.keptBy.join(', '))}</dd>
              )}
              {vault.state !== 'open' && (
                <dd>
                  <Link href="/unlock">{text.place.unlock}</Link>
                </dd>
              )}
            </div>
            <div>
              <dt>{text.place.version}</dt>
              <dd>{version}</dd>
            </div>
          </dl>
        )}
      </Answer>
    </Card>
  )
}

function BackupCard() {
  const backup = useBackup()
  return (
    <Card title={text.backup.title}>
      <div className={classes.part}>
        <p>{text.backup.words}</p>
        <Button variant="default" loading={backup.isPending} onClick={() => backup.mutate({})}>
          {text.backup.button}
        </Button>
        <p role="status">{backup.data && text.backup.made(backup.data.path)}</p>
        {backup.error && <ErrorNotice error={backup.error.info} />}
      </div>
    </Card>
  )
}

function FileCard() {
  const saving = useExport()
  const opening = useFileImport()
  return (
    <Card title={text.file.title}>
      <div className={classes.part}>
        <p>{text.file.words}</p>
        <Group>
          <Button variant="default" loading={saving.isPending} onClick={saving.save}>
            {text.file.save}
          </Button>
          <FileButton accept=".yaml,.yml,.json" onChange={(file) => void opening.choose(file)}>
            {(props) => (
              <Button variant="default" loading={opening.isPending} {...props}>
                {text.file.open}
              </Button>
            )}
          </FileButton>
        </Group>
        <p role="status">{opening.savedCount !== undefined && text.file.opened(opening.savedCount)}</p>
        {saving.error && <ErrorNotice error={saving.error.info} />}
        {opening.error && <ErrorNotice error={opening.error} />}
      </div>
    </Card>
  )
}
