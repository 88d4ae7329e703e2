import { describe, expect, it } from 'vitest'
import { isShut, passphraseFlaw, vaultOffer } from './vault-view.ts'

const vault = { state: 'locked' as const, keptBy: ['keychain'], reason: '', next: null }

describe('the vault screen', () => {
  it('asks for a passphrase only where one was set', () => {
    expect(vaultOffer(vault)).toBe('wait')
    expect(vaultOffer({ ...vault, keptBy: ['keychain', 'passphrase'] })).toBe('type')
    expect(vaultOffer({ ...vault, state: 'empty' })).toBe('setUp')
  })

  it('counts an empty vault as not shut', () =>
    expect([isShut(vault), isShut({ ...vault, state: 'empty' })]).toEqual([true, false]))

  it('refuses a short passphrase and two different ones', () => {
    expect([
      passphraseFlaw('short', 'short'),
      passphraseFlaw('long enough', 'long enoug'),
      passphraseFlaw('long enough', 'long enough'),
    ]).toEqual(['tooShort', 'differs', null])
  })
})
