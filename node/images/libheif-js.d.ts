/** The part of libheif's JavaScript face that is used here. */
declare module 'libheif-js/wasm-bundle.js' {
  type Display = { data: Uint8ClampedArray; width: number; height: number }

  type HeifImage = {
    get_width(): number
    get_height(): number
    is_primary(): boolean
    /** Calls back with nothing when the image cannot be decoded. */
    display(into: Display, done: (filled: Display | null) => void): void
    free(): void
  }

  const libheif: { HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] } }
  export = libheif
}
