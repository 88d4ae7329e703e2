import { expect, it } from 'vitest'
import { readStartArguments } from './start-arguments.ts'

it('reads the data folder and whether to start hidden, and leaves the rest to the system and to Chromium', () => {
  const nothing = { isHidden: false }
  expect(readStartArguments([])).toEqual(nothing)
  expect(readStartArguments(['.', '--data', '/a b', '--hidden'])).toEqual({ data: '/a b', isHidden: true })
  expect(readStartArguments(['--data=/a', '--no-such-switch=1', '-psn_0_1', 'file.yaml'])).toEqual({
    data: '/a',
    isHidden: false,
  })
  for (const odd of [['--data='], ['--data'], ['--hidden=maybe']]) expect(readStartArguments(odd)).toEqual(nothing)
})
