/** The command palette: type, choose with the arrow keys, Enter. */
import { Combobox, Modal, TextInput, useCombobox, useMantineColorScheme } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { host } from '#renderer/app/session-client.ts'
import { showShortcuts } from '#renderer/ui/shortcut-help.ts'
import { allCommands, type Command, findCommands } from './commands.ts'
import classes from './palette.module.css'
import './styles.ts'
import { text } from './text.ts'
import { useKnown } from './use-known.ts'

export function Palette({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={text.title}
      yOffset="10vh"
      centered={false}
      size="lg"
      padding="md"
      transitionProps={{ duration: 0 }}
    >
      {isOpen && <Finder onClose={onClose} />}
    </Modal>
  )
}

const groups = ['actions', 'integrations', 'connections', 'screens'] as const

function Finder({ onClose }: { readonly onClose: () => void }) {
  const [, navigate] = useLocation()
  const { setColorScheme } = useMantineColorScheme()
  const [typed, setTyped] = useState('')
  const combobox = useCombobox({ opened: true })
  const commands = allCommands({ ...useKnown(), setScheme: setColorScheme, showShortcuts, savePage: host.savePage })
  const found = findCommands(commands, typed)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first one is chosen again whenever something is typed
  useEffect(() => {
    combobox.selectFirstOption()
  }, [typed])
  const take = (id: string): void => {
    const command = commands.find((one) => one.id === id)
    onClose()
    if (typeof command?.to === 'string') navigate(command.to)
    else command?.to()
  }
  return (
    <Combobox store={combobox} onOptionSubmit={take}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          data-autofocus
          role="combobox"
          aria-autocomplete="list"
          aria-label={text.search}
          placeholder={text.search}
          size="md"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options aria-label={text.title} className={classes.options} tabIndex={0}>
        {groups.map((group) => (
          <CommandGroup key={group} group={group} commands={found.filter((one) => one.group === group)} />
        ))}
      </Combobox.Options>
      <p role="status" className={classes.none}>
        {found.length === 0 && text.none}
      </p>
    </Combobox>
  )
}

function CommandGroup({
  group,
  commands,
}: {
  readonly group: Command['group']
  readonly commands: readonly Command[]
}) {
  if (commands.length === 0) return null
  return (
    <Combobox.Group label={text.groups[group]}>
      {commands.map(({ id, label }) => (
        <Combobox.Option key={id} value={id}>
          {label}
        </Combobox.Option>
      ))}
    </Combobox.Group>
  )
}
