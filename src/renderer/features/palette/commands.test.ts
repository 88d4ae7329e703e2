import { describe, expect, it } from 'vitest'
import { allCommands, findCommands } from './commands.ts'

const commands = allCommands({
  integrations: [{ id: 'a', name: 'Käufer in die Buchhaltung' }],
  connections: [{ id: 'b', name: 'Home shop' }],
  setScheme: () => undefined,
  showShortcuts: () => undefined,
  savePage: () => undefined,
})
const found = (typed: string) => findCommands(commands, typed).map(({ id }) => id)

describe('the palette', () => {
  it('shows everything before something is typed', () => expect(found('')).toHaveLength(commands.length))
  it('finds by any words, without accents and capitals', () => {
    expect(found('buch KAUF')).toEqual(['integration-a', 'edit-a'])
  })
  it('puts what begins with it first', () => expect(found('home')).toEqual(['home', 'connection-b']))
  it('finds nothing where nothing fits', () => expect(found('invoice xyz')).toEqual([]))
})
