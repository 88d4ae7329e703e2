import { describe, expect, it } from 'vitest'
import { errorView } from './error-view.ts'

describe('errorView', () => {
  it('keeps the technical part out of the sentences', () => {
    const view = errorView({
      kind: 'bug',
      code: 'unexpected',
      message: 'Something went wrong.',
      kept: 'Nothing is lost.',
      details: { technical: 'TypeError: x' },
    })
    expect(view).toEqual({
      happened: 'Something went wrong.',
      kept: 'Nothing is lost.',
      next: null,
      link: null,
      details: [
        { name: 'code', value: 'unexpected' },
        { name: 'technical', value: 'TypeError: x' },
      ],
    })
  })

  it('names no command where the window has a button', () => {
    expect(
      errorView({ kind: 'config', code: 'plan-first', message: 'm', next: 'See "patchbay plan x".' }).next,
    ).not.toContain('patchbay')
  })

  it('leads to the passphrase where the vault needs one', () => {
    expect(errorView({ kind: 'config', code: 'vault-needs-passphrase', message: 'm' }).link?.href).toBe('/unlock')
  })
})
