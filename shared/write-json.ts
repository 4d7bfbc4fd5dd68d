/** JSON for people: indented, but lists of numbers, texts and such lists on one line each. `value` is plain data. */
export function writeJson(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null || isPlainList(value)) return JSON.stringify(value ?? null)
  const inner = `${indent}  `
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const parts = Array.isArray(value)
    ? value.map((member) => writeJson(member, inner))
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => `${JSON.stringify(name)}: ${writeJson(member, inner)}`)
  if (parts.length === 0) return open + close
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`
}

function isPlainList(value: object): boolean {
  return (
    Array.isArray(value) &&
    value.every((member) => typeof member !== 'object' || member === null || isPlainList(member as object))
  )
}
