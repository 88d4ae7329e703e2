/** The doors of a first visit: the sample business, or a definitions file somebody prepared. */
import { Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Icon } from '#renderer/ui/icons.tsx'
import { AppError, type ErrorInfo } from '#shared/errors.ts'
import classes from './doors.module.css'
import { text } from './text.ts'
import { useImport, useStartPractice } from './use-home.ts'

const largestFileBytes = 2_000_000

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
        <FileDoor />
      </div>
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

function FileDoor() {
  const open = useImport()
  const [refusal, setRefusal] = useState<ErrorInfo | null>(null)
  const choose = async (file: File | null): Promise<void> => {
    if (!file) return
    if (file.size > largestFileBytes) return setRefusal(tooBig.info)
    setRefusal(null)
    open.mutate({ text: await file.text(), fileName: file.name.slice(0, 260) })
  }
  const error = refusal ?? open.error?.info
  return (
    <section className={classes.door}>
      <Icon name="plan" size={26} />
      <h2>{text.file.title}</h2>
      <p>{text.file.words}</p>
      <FileButton accept=".yaml,.yml,.json" onChange={(file) => void choose(file)}>
        {(props) => (
          <Button
            size="md"
            variant="default"
            loading={open.isPending}
            loaderProps={{ 'aria-label': text.file.busy }}
            {...props}
          >
            {text.file.button}
          </Button>
        )}
      </FileButton>
      {error && <ErrorNotice error={error} />}
    </section>
  )
}

const tooBig = new AppError({
  kind: 'data',
  code: 'file-too-large',
  message: text.file.tooBig,
  kept: text.file.kept,
  next: text.file.next,
})
