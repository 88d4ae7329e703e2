/** Always in sight: how far the mapping is, and the way to what is left. */
import { Button } from '@mantine/core'
import { Icon } from '#renderer/ui/icons.tsx'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { text } from './text.ts'

export function EditorFooter({ onGoToMapping }: { readonly onGoToMapping: () => void }) {
  const { source, lines, check, sample } = useEditor()
  const mapped = lines.filter(({ row }) => row)
  const works = mapped.filter(({ isProblem }) => !isProblem).length
  const required = lines.filter(({ state }) => state === 'required').length
  const failing = [...check.failing].sort((a, b) => a - b)
  const [firstFailing] = failing
  return (
    <div className={classes.footer} role="status">
      <span className={classes.fact} data-tone={works === mapped.length ? 'ok' : 'warn'}>
        <Icon name={works === mapped.length ? 'ok' : 'warn'} size={16} />
        {text.footer.ready(works, mapped.length)}
      </span>
      {required > 0 && (
        <span className={classes.fact} data-tone="bad">
          <Icon name="bad" size={16} />
          {text.footer.required(required)}
          <Button size="compact-sm" variant="subtle" onClick={onGoToMapping}>
            {text.footer.show}
          </Button>
        </span>
      )}
      <span className={classes.fact} data-tone={failing.length > 0 ? 'warn' : 'ok'}>
        {check.isComplete ? (
          <>
            <Icon name={failing.length > 0 ? 'warn' : 'ok'} size={16} />
            {failing.length > 0 ? text.footer.fails(failing.length, source.values.length) : text.footer.allWell}
          </>
        ) : (
          text.footer.checking
        )}
        {firstFailing !== undefined && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              sample.setPosition(firstFailing)
              onGoToMapping()
            }}
          >
            {text.footer.show}
          </Button>
        )}
      </span>
    </div>
  )
}
