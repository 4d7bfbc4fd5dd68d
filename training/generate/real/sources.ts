/**
 * How much each source of formulas that people wrote counts, against its size: school and the first years up, graduate algebra down.
 * Kin of a set that is reserved for judging is left out.
 */
const weights: ReadonlyMap<string, number> = new Map(
  Object.entries({
    stacks: 0.25,
    planetmath: 0.4,
    napkin: 0.6,
    'hott-book': 0.5,
    'hott-intro': 0.5,
    'symmetry-book': 0.5,
    openlogic: 0.5,
    forallx: 0.5,
    halo2: 0.7,
    yellowpaper: 0.7,
    siyavula: 1.6,
    orcca: 1.3,
    'ac-single': 1.4,
    'ac-prelude': 1.3,
    'lebl-ra': 1.2,
    'lebl-diffyqs': 1.4,
    'comp-physics': 1.4,
    'fdm-book': 1.3,
    d2l: 1.5,
    statproofbook: 1.4,
    mpmath: 0,
  }),
)

/** The weight of one source of so many distinct formulas: large ones count less than their size. */
export function weighSource(name: string, formulas: number): number {
  const weight = weights.get(name) ?? (name.startsWith('openstax') ? 1.3 : 1)
  return weight * formulas ** 0.75
}
