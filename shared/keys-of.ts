/** The names of a table, in its order. */
export function keysOf<Table extends object>(table: Table): (keyof Table & string)[] {
  // Safe for a literal that is written out: it has no names but those of its type.
  return Object.keys(table) as (keyof Table & string)[]
}
