/** Far more levels than any result has. */
export const MAX_DEPTH = 60

/** Takes out what is nested too deep in parsed JSON: whoever walks or writes it later would run out of stack. */
export function cutDepth(value: unknown, left = MAX_DEPTH): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    if (typeof member !== 'object' || member === null) continue
    if (left === 0) Reflect.deleteProperty(value, name)
    else cutDepth(member, left - 1)
  }
}

/** True for plain data with so many levels that writing it is no matter of course. */
export function isTooDeep(value: unknown, left = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false
  return left === 0 || Object.values(value).some((member) => isTooDeep(member, left - 1))
}
