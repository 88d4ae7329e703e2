import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '#test/support/temp-folder.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

const screens = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: 1920, y: 0, width: 1280, height: 1000 },
]
const state = { x: 100, y: 50, width: 1000, height: 800, isMaximized: false }

describe('the place of the window', () => {
  it('is the one it had, on any screen', () => {
    const file = join(tempFolder(), 'window-state.json')
    for (const kept of [state, { ...state, x: 2_000 }, { ...state, x: -800, isMaximized: true }]) {
      writeWindowState(file, kept)
      expect(readWindowState(file, screens)).toEqual(kept)
    }
  })

  it('is forgotten where no screen shows its title', () => {
    const file = join(tempFolder(), 'window-state.json')
    for (const gone of [{ x: 4_000 }, { y: -300 }, { y: 1_030 }, { x: -950 }]) {
      writeWindowState(file, { ...state, ...gone })
      expect(readWindowState(file, screens)).toBeUndefined()
    }
  })

  it('is forgotten where its file is missing, broken or absurd', () => {
    const file = join(tempFolder(), 'window-state.json')
    expect(readWindowState(file, screens)).toBeUndefined()
    for (const text of [
      '{',
      'null',
      '[]',
      JSON.stringify({ ...state, width: 1 }),
      JSON.stringify({ ...state, x: 'a' }),
    ]) {
      writeFileSync(file, text)
      expect(readWindowState(file, screens)).toBeUndefined()
    }
  })

  it('does not keep the window from closing where it cannot be written', () => {
    expect(() => writeWindowState('/no/such/folder/state.json', state)).not.toThrow()
  })
})
