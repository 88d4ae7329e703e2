import { describe, expect, it } from 'vitest'
import { pageCovering, pageFrom } from './sized-pages.ts'

describe('pages whose size is chosen', () => {
  it('begin exactly where they are wanted, at any place', () => {
    for (let at = 0; at < 1_000; at += 1) {
      const { number, size, start } = pageFrom(at, 100)
      expect([number * size, start, size >= 1 && size <= 100]).toEqual([at, at, true])
    }
  })

  it('hold the place they are wanted for, and begin within reach of it', () => {
    for (let at = 0; at < 1_000; at += 1) {
      const { number, size, start } = pageCovering(at, { reach: 20, most: 100 })
      expect(number * size).toBe(start)
      expect(start <= at && at - start <= 20 && at < start + size && size <= 100).toBe(true)
    }
  })

  it('overlap by little: ten thousand records by a hundred take 114 pages instead of 100', () => {
    let pages = 1
    for (let end = 100; end < 10_000; pages += 1) {
      const { size, start } = pageCovering(end - 1, { reach: 198, most: 100 })
      end = start + size
    }
    expect(pages).toBe(114)
  })
})
