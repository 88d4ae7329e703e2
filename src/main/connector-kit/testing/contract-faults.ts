/** Checks of trouble: each kind of bad answer becomes the expected kind of error, and no error carries a secret. */
import { strict as assert } from 'node:assert'
import { AppError, type ErrorInfo, type ErrorKind } from '#shared/errors.ts'
import type { WriteReply } from '#shared/model/connected.ts'
import { freshDraft, prepareWrite, sendOne } from './contract-send.ts'
import type { CheckContext, ContractFault, FaultHook, ObjectCheck } from './contract-types.ts'
import { quietSignal } from './contract-walk.ts'

interface FaultCase {
  readonly fault: ContractFault
  readonly read: readonly ErrorKind[]
  readonly write: WriteReply['status']
  readonly writeKinds: readonly ErrorKind[]
}

function status(code: number, headers: Readonly<Record<string, string>> = {}): ContractFault {
  return { kind: 'status', status: code, headers }
}

const cases: readonly FaultCase[] = [
  { fault: status(401), read: ['config'], write: 'not-sent', writeKinds: ['config'] },
  { fault: status(403), read: ['config'], write: 'rejected', writeKinds: ['config'] },
  { fault: status(404), read: ['config', 'data'], write: 'rejected', writeKinds: ['config', 'data', 'conflict'] },
  { fault: status(409), read: ['conflict', 'data'], write: 'rejected', writeKinds: ['conflict'] },
  { fault: status(422), read: ['data', 'config'], write: 'rejected', writeKinds: ['data'] },
  {
    fault: status(429, { 'retry-after': '3600' }),
    read: ['rate-limited'],
    write: 'not-sent',
    writeKinds: ['rate-limited'],
  },
  { fault: status(500), read: ['transient'], write: 'uncertain', writeKinds: ['transient'] },
  { fault: status(503), read: ['transient'], write: 'uncertain', writeKinds: ['transient'] },
  { fault: { kind: 'html' }, read: ['data', 'config', 'transient'], write: 'uncertain', writeKinds: [] },
  { fault: { kind: 'truncated' }, read: ['data', 'transient'], write: 'uncertain', writeKinds: [] },
  { fault: { kind: 'lose-answer' }, read: ['transient'], write: 'uncertain', writeKinds: ['transient'] },
]

function faultName({ fault }: FaultCase): string {
  return fault.kind === 'status' ? String(fault.status) : fault.kind
}

async function underFault<T>(hook: FaultHook, fault: ContractFault, act: () => Promise<T>): Promise<T> {
  await hook.set(fault)
  try {
    return await act()
  } finally {
    await hook.clear()
  }
}

async function readError({ object, contract }: CheckContext): Promise<AppError> {
  assert.ok(object.read)
  try {
    for await (const page of object.read({ signal: quietSignal() })) void page
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown
    assert.fail(`reading ${contract.name} throws ${String(thrown)}, not an AppError`)
  }
  return assert.fail(`reading ${contract.name} succeeds on a bad answer`)
}

function readCheck(one: FaultCase): ObjectCheck {
  return async (context) => {
    const { faults } = context.options
    if (!context.object.read || !faults) return
    const error = await underFault(faults, one.fault, () => readError(context))
    assert.ok(one.read.includes(error.kind), `reading: ${error.kind} (${error.code}), expected ${one.read.join('/')}`)
    assertNoSecret(context, error)
  }
}

function writeCheck(one: FaultCase): ObjectCheck {
  return async (context) => {
    const { faults } = context.options
    const { create, upsert } = context.object.description.writes
    if (!faults || !(create ?? upsert)) return
    const operation = create ? 'create' : 'upsert'
    const write = prepareWrite(context, { operation, values: freshDraft(context) })
    const reply = await underFault(faults, one.fault, () => sendOne(context, write))
    assert.equal(reply.status, one.write, `writing: ${reply.status}, expected ${one.write}`)
    if (reply.status === 'written') return
    const { kind, code } = reply.error
    const isExpected = one.writeKinds.length === 0 || one.writeKinds.includes(kind)
    assert.ok(isExpected, `writing: ${kind} (${code}), expected ${one.writeKinds.join('/')}`)
    assertSpeaks(reply.error)
    assertNoSecret(context, new AppError(reply.error))
  }
}

function assertSpeaks(error: ErrorInfo): void {
  assert.ok(error.message.length > 10, `the error ${error.code} says nothing`)
  assert.ok(error.next, `the error ${error.code} does not say what to do next`)
}

/** No secret in the error, its cause, its stack or the log. */
function assertNoSecret({ options }: CheckContext, error: AppError): void {
  const shown = [JSON.stringify(error.info), error.stack ?? '', causesOf(error), ...(options.logged?.() ?? [])]
  for (const secret of options.secrets ?? []) {
    const leak = shown.find((text) => text.includes(secret))
    assert.equal(leak, undefined, `a secret stands in an error or log line of ${error.code}`)
  }
}

function causesOf(error: unknown): string {
  if (!(error instanceof Error)) return error === undefined ? '' : String(error)
  return `${error.message} ${error.stack ?? ''} ${causesOf(error.cause)}`
}

const secretsStayOut: ObjectCheck = async (context) => {
  const lines = context.options.logged?.() ?? []
  for (const secret of context.options.secrets ?? []) {
    assert.ok(!lines.some((line) => line.includes(secret)), 'a secret stands in a log line')
    assert.ok(!JSON.stringify(context.object.description).includes(secret), 'a secret stands in the description')
  }
}

export const faultChecks: Readonly<Record<string, ObjectCheck>> = {
  'keeps secrets out of logs and descriptions': secretsStayOut,
  ...Object.fromEntries(cases.map((one) => [`says what a ${faultName(one)} means when reading`, readCheck(one)])),
  ...Object.fromEntries(cases.map((one) => [`says what a ${faultName(one)} means when writing`, writeCheck(one)])),
}
