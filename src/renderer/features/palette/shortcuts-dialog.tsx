/** The list of shortcuts. */
import { Button, Group, Modal } from '@mantine/core'
import { areSingleKeysOn } from '#renderer/ui/shortcuts.ts'
import classes from './palette.module.css'
import { text } from './text.ts'

type Line = keyof typeof text.shortcuts.lines

const everywhere: readonly (readonly [Line, string])[] = [
  ['palette', 'Ctrl K'],
  ['search', '/'],
  ['help', '?'],
  ['close', 'Esc'],
]
const inEditor: readonly (readonly [Line, string])[] = [
  ['save', 'Ctrl S'],
  ['undo', 'Ctrl Z'],
  ['redo', 'Ctrl Shift Z'],
  ['previous', '['],
  ['next', ']'],
]

export function ShortcutsDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={text.shortcuts.title}>
      <Keys title={text.shortcuts.everywhere} lines={everywhere} />
      <Keys title={text.shortcuts.editor} lines={inEditor} />
      {!areSingleKeysOn() && <p>{text.shortcuts.off}</p>}
      <Group justify="flex-end">
        <Button data-autofocus onClick={onClose}>
          {text.shortcuts.close}
        </Button>
      </Group>
    </Modal>
  )
}

function Keys({ title, lines }: { readonly title: string; readonly lines: readonly (readonly [Line, string])[] }) {
  const command = /mac/i.test(navigator.platform) ? '⌘' : 'Ctrl'
  return (
    <>
      <h3 className={classes.heading}>{title}</h3>
      <dl className={classes.keys}>
        {lines.map(([line, keys]) => (
          <div key={line}>
            <dt>{text.shortcuts.lines[line]}</dt>
            <dd>
              <kbd className={classes.key}>{keys.replace('Ctrl', command)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
