/** The part of opentype.js that is used here; the package brings no types. Lengths in font units, y upwards. */
declare module 'opentype.js' {
  export type PathCommand =
    | { readonly type: 'Z' }
    | { readonly type: 'M' | 'L'; readonly x: number; readonly y: number }
    | { readonly type: 'Q'; readonly x: number; readonly y: number; readonly x1: number; readonly y1: number }
    | {
        readonly type: 'C'
        readonly x: number
        readonly y: number
        readonly x1: number
        readonly y1: number
        readonly x2: number
        readonly y2: number
      }
  export type Glyph = {
    readonly advanceWidth: number
    readonly path: { readonly commands: readonly PathCommand[] }
  }
  export type Font = {
    readonly unitsPerEm: number
    readonly glyphs: { get: (index: number) => Glyph }
    charToGlyphIndex: (character: string) => number
    charToGlyph: (character: string) => Glyph
    getAdvanceWidth: (text: string, size: number) => number
    getPath: (
      text: string,
      x: number,
      y: number,
      size: number,
    ) => { toPathData: (decimals: number) => string }
  }
  const opentype: { parse: (bytes: ArrayBuffer) => Font }
  // The package has a default export only.
  // eslint-disable-next-line no-restricted-syntax -- declares what the package exports, exports nothing of ours
  export default opentype
}
