/** Makes a rule of a choice: which policy, what it would make of the conflicts that wait, and what has to happen then. */
import { Button, Group, Modal, NativeSelect, Text } from '@mantine/core'
import { useState } from 'react'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { fieldLabel } from '#renderer/ui/value-view.ts'
import { type RulePolicy, rulePolicies } from '#shared/model/conflict-policy.ts'
import type { UnitChoice } from '#shared/model/decision.ts'
import type { IntegrationNames } from '../use-attention.ts'
import { RulePreview } from './rule-preview.tsx'
import { text } from './text.ts'
import { useRule } from './use-conflict.ts'

export interface RuleDialogProps {
  readonly unit: string
  readonly choice: UnitChoice | undefined
  readonly names: IntegrationNames
  readonly onClose: () => void
}

export function RuleDialog({ unit, choice, names, onClose }: RuleDialogProps) {
  const [policy, setPolicy] = useState<RulePolicy>(choice?.take === 'destination' ? 'destination' : 'source')
  const rule = useRule(names.id, unit, policy)
  const { data } = rule.preview
  const error = rule.preview.error ?? rule.error
  if (rule.isSaved) return <SavedDialog names={names} rule={rule} onClose={onClose} />
  const words = text.rule.policies(names)
  return (
    <Modal opened onClose={onClose} size="lg" title={text.rule.title(fieldLabel(unit))}>
      <NativeSelect
        label={text.rule.policy}
        data-autofocus
        value={policy}
        data={rulePolicies.map((value) => ({ value, label: words[value] }))}
        onChange={(event) => setPolicy(rulePolicies.find((one) => one === event.currentTarget.value) ?? 'source')}
      />
      {data ? <RulePreview preview={data} names={names} /> : <Text mt="md">{text.rule.looking}</Text>}
      <Text mt="md" size="sm">
        {text.rule.approval(names.name)}
      </Text>
      {error && <ErrorNotice error={error.info} />}
      <Group mt="lg" justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {text.rule.cancel}
        </Button>
        <Button disabled={!data} loading={rule.isSaving} onClick={() => data && rule.save(data.version)}>
          {text.rule.save}
        </Button>
      </Group>
    </Modal>
  )
}

interface SavedDialogProps {
  readonly names: IntegrationNames
  readonly rule: ReturnType<typeof useRule>
  readonly onClose: () => void
}

function SavedDialog({ names, rule, onClose }: SavedDialogProps) {
  return (
    <Modal opened onClose={onClose} title={text.rule.saved}>
      <Text role="status">{text.rule.savedWords(names.name)}</Text>
      {rule.error && <ErrorNotice error={rule.error.info} />}
      <Group mt="lg" justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {text.rule.later}
        </Button>
        <Button data-autofocus loading={rule.isPlanning} onClick={rule.makePlan}>
          {text.rule.plan}
        </Button>
      </Group>
    </Modal>
  )
}
