/** The doors of a first visit: the sample business, two programs of one's own, or a definitions file somebody prepared. */
import { Button, FileButton } from '@mantine/core'
import { Link } from 'wouter'
import { useFileImport } from '#renderer/app/session-import.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Icon } from '#renderer/ui/icons.tsx'
import classes from './doors.module.css'
import { text } from './text.ts'
import { useStartPractice } from './use-home.ts'

export function Doors() {
  return (
    <>
      <ol className={classes.steps} aria-label={text.stepsLabel}>
        {text.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className={classes.doors}>
        <SampleDoor />
        <ConnectDoor />
      </div>
      <FileDoor />
    </>
  )
}

/** Also shown alone where the sample business was begun and not finished. */
export function SampleDoor({ isUnfinished = false }: { readonly isUnfinished?: boolean }) {
  const start = useStartPractice()
  return (
    <section className={classes.door} data-main>
      <Icon name="play" size={26} />
      <h2>{isUnfinished ? text.sample.unfinished : text.sample.title}</h2>
      <p>{isUnfinished ? text.sample.unfinishedWords : text.sample.words}</p>
      <Button
        size="md"
        loading={start.isPending}
        loaderProps={{ 'aria-label': text.sample.busy }}
        onClick={() => start.mutate({})}
      >
        {text.sample.button}
      </Button>
      {start.error && <ErrorNotice error={start.error.info} onRetry={() => start.mutate({})} />}
    </section>
  )
}

function ConnectDoor() {
  return (
    <section className={classes.door}>
      <Icon name="connections" size={26} />
      <h2>{text.connect.title}</h2>
      <p>{text.connect.words}</p>
      <Button size="md" variant="default" component={Link} href="/add/connection">
        {text.connect.button}
      </Button>
    </section>
  )
}

function FileDoor() {
  const open = useFileImport()
  return (
    <section className={classes.smallDoor} aria-label={text.file.title}>
      <p>{text.file.words}</p>
      <FileButton accept=".yaml,.yml,.json" onChange={(file) => void open.choose(file)}>
        {(props) => (
          <Button
            size="sm"
            variant="default"
            loading={open.isPending}
            loaderProps={{ 'aria-label': text.file.busy }}
            {...props}
          >
            {text.file.button}
          </Button>
        )}
      </FileButton>
      {open.error && <ErrorNotice error={open.error} />}
    </section>
  )
}
