/** What stands in a formula's frame; a label without one as it is. */
export function dropFrame(label: readonly string[]): readonly string[] {
  return label[0] === '\\boxed' && label.at(-1) === '}' ? label.slice(2, -1) : label
}
