import { describe, expect, it } from 'vitest'
import { freeId } from './free-id.ts'

describe('an id from a name', () => {
  it('keeps letters and digits of the name', () => {
    expect(freeId('Customer list (2026)', [])).toBe('customer-list-2026')
    expect(freeId('  Büro & Café  ', [])).toBe('buro-cafe')
  })

  it('is another one where it is in use', () => {
    expect(freeId('Shop', ['shop', 'shop-2'])).toBe('shop-3')
  })

  it('is there for names in other scripts, and never too long', () => {
    expect(freeId('顧客', [])).toBe('new')
    expect(freeId('x'.repeat(200), []).length).toBeLessThanOrEqual(60)
    expect(freeId(`${'x'.repeat(59)} y`, [])).toBe('x'.repeat(59))
  })
})
