/** Which sample record the previews show: one after the other, or straight to one that fails. */
import { Button, Group, NativeSelect } from '@mantine/core'
import { Notice } from '#renderer/ui/notice.tsx'
import { useShortcuts } from '#renderer/ui/shortcuts.ts'
import { valueText } from '#renderer/ui/value-view.ts'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { text } from './text.ts'
import type { Sample } from './use-editor.ts'

export function SamplePicker() {
  const { source, sample, check } = useEditor()
  const samples = source.samples.data?.samples ?? []
  const count = samples.length
  const go = (by: number): void => sample.setPosition((sample.position + by + count) % Math.max(1, count))
  useShortcuts({ '[': () => go(-1), ']': () => go(1) })
  if (count === 0)
    return (
      <p className={classes.quiet} role="status">
        {source.samples.isPending ? text.samples.loading : text.samples.none}
      </p>
    )
  const now = samples[sample.position]
  const nextFailing =
    [...check.failing].sort((a, b) => a - b).find((at) => at > sample.position) ?? [...check.failing][0]
  return (
    <div className={classes.picker}>
      <NativeSelect
        label={text.samples.label}
        value={String(sample.position)}
        data={samples.map((one, position) => ({ value: String(position), label: sampleName(one, position) }))}
        onChange={(event) => sample.setPosition(Number(event.currentTarget.value))}
      />
      <Group gap="xs" className={classes.pickerButtons}>
        <Button variant="default" onClick={() => go(-1)} aria-keyshortcuts="[">
          {text.samples.previous}
        </Button>
        <Button variant="default" onClick={() => go(1)} aria-keyshortcuts="]">
          {text.samples.next}
        </Button>
        {nextFailing !== undefined && (
          <Button variant="default" onClick={() => sample.setPosition(nextFailing)}>
            {text.samples.failing}
          </Button>
        )}
      </Group>
      {now && now.problems.length > 0 && (
        <Notice tone="warn" title={text.samples.problems}>
          {now.problems.join(' ')}
        </Notice>
      )}
    </div>
  )
}

/** The first texts of a record tell which one it is. */
function sampleName({ values, place, externalId }: Sample, position: number): string {
  const words = Object.values(values)
    .filter((value) => typeof value === 'string' && value.trim() !== '')
    .slice(0, 3)
    .map((value) => valueText(value))
  return `${position + 1}: ${words.join(' · ') || (place ?? externalId)}`.slice(0, 120)
}
