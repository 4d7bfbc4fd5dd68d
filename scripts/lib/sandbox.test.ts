import { describe, expect, it } from 'vitest'
import { decideSandbox, explainSandbox } from './sandbox.mjs'

const ordinary = {
  isLinux: true,
  isRoot: false,
  canUseNamespaces: false,
  hasHelper: false,
  isWaived: false,
}

describe('Chromium’s sandbox', () => {
  it.each([
    ['namespaces that work', { canUseNamespaces: true }, 'sandboxed'],
    ['a helper that may act as root', { hasHelper: true }, 'sandboxed'],
    ['a waiver where it would work', { canUseNamespaces: true, isWaived: true }, 'sandboxed'],
    ['a waiver where it cannot', { isWaived: true }, 'waived'],
    ['nothing of these', {}, 'impossible'],
    ['root', { isRoot: true, canUseNamespaces: true }, 'root'],
    ['another system', { isLinux: false }, 'sandboxed'],
  ] as const)('with %s', (_name, facts, decision) => {
    expect(decideSandbox({ ...ordinary, ...facts })).toBe(decision)
  })

  it('is explained in one sentence with two remedies', () => {
    const text = explainSandbox('/opt/app/chrome-sandbox')
    expect(text).toContain('sudo chmod 4755')
    expect(text).toContain('FORMULIFT_NO_SANDBOX=1')
    expect(text.match(/\.$|\. /g)).toHaveLength(1)
  })
})
