/** Fills in a REST connection from the description the service publishes. */
import { Button, FileButton } from '@mantine/core'
import { useLocation } from 'wouter'
import { Card } from '#renderer/ui/card.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { freeId } from '#renderer/ui/free-id.ts'
import classes from './connection-form.module.css'
import { text } from './text.ts'
import { useConnections, useImport, usePropose } from './use-connections.ts'

export function OpenApiCard() {
  const [, navigate] = useLocation()
  const { data } = useConnections()
  const propose = usePropose()
  const save = useImport()
  const open = async (file: File | null): Promise<void> => {
    if (!file) return
    const connectionId = freeId(file.name.replace(/\.[^.]*$/, ''), data?.connections.map(({ id }) => id) ?? [])
    const proposed = await propose.mutateAsync({ connectionId, openApi: await file.text() }).catch(() => null)
    if (!proposed) return
    save.mutate(
      { text: proposed.text, fileName: file.name.slice(0, 260) },
      { onSuccess: () => navigate(`/connections/${connectionId}/edit`) },
    )
  }
  const error = propose.error ?? save.error
  return (
    <Card title={text.add.openApi.title}>
      <div className={classes.openApi}>
        <p>{text.add.openApi.words}</p>
        <FileButton accept=".json,.yaml,.yml" onChange={(file) => void open(file)}>
          {(button) => (
            <Button variant="default" loading={propose.isPending || save.isPending} {...button}>
              {text.add.openApi.button}
            </Button>
          )}
        </FileButton>
      </div>
      {error && <ErrorNotice error={error.info} />}
    </Card>
  )
}
