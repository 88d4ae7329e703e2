/** Colours and single keys: kept by this window, not by the core. */
import { Button, Checkbox, NativeSelect, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { Card } from '#renderer/ui/card.tsx'
import { showShortcuts } from '#renderer/ui/shortcut-help.ts'
import { areSingleKeysOn, setSingleKeys } from '#renderer/ui/shortcuts.ts'
import classes from './settings-screen.module.css'
import { text } from './text.ts'

const schemes = ['auto', 'light', 'dark'] as const

export function LookCard() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [isOn, setOn] = useState(areSingleKeysOn)
  return (
    <Card title={text.look.title}>
      <div className={classes.part}>
        <NativeSelect
          label={text.look.scheme}
          className={classes.narrow}
          value={colorScheme}
          data={schemes.map((value) => ({ value, label: text.look.schemes[value] }))}
          onChange={(event) => setColorScheme(schemes.find((one) => one === event.currentTarget.value) ?? 'auto')}
        />
        <Checkbox
          label={text.look.singleKeys}
          description={text.look.singleKeysHelp}
          checked={isOn}
          onChange={(event) => {
            setSingleKeys(event.currentTarget.checked)
            setOn(event.currentTarget.checked)
          }}
        />
        <div>
          <Button variant="default" onClick={showShortcuts}>
            {text.look.shortcuts}
          </Button>
        </div>
      </div>
    </Card>
  )
}
