import Vips from 'wasm-vips'

export type VipsLibrary = typeof Vips

/** What the module asks for at its start, in WebAssembly pages of 64 KiB: address space, not memory in use. */
const INITIAL_PAGES = 4096
/** 1 GB: no picture may take more, whatever it says of itself. */
const MAX_PAGES = 16_384
/** WebAssembly memory never shrinks: an instance that a large picture made this big is not kept. */
const SWOLLEN_BYTES = 320 * 1024 * 1024

type Instance = { readonly vips: VipsLibrary; readonly memory: WebAssembly.Memory }
type Module = { readonly ENV: Record<string, string> }

const instances = new Map<'plain' | 'avif', Promise<Instance>>()

/** libvips stays silent: warnings of its libraries are no business of the terminal's. */
const ignore = (): void => undefined

async function load(name: 'plain' | 'avif'): Promise<Instance> {
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAX_PAGES, shared: true })
  const config = {
    dynamicLibraries: name === 'avif' ? ['vips-heif.wasm'] : [],
    wasmMemory: memory,
    print: ignore,
    printErr: ignore,
    preRun: (module?: Module) => {
      if (!module) return
      module.ENV['VIPS_WARNING'] = '0'
      // Pictures are spread over threads by those who call, not inside of one picture.
      module.ENV['VIPS_CONCURRENCY'] = '1'
    },
  }
  const vips = await Vips(config)
  vips.Cache.max(0)
  return { vips, memory }
}

/**
 * Lends libvips, compiled to WebAssembly, for one picture: damaged data can neither crash the process nor take more than the memory's
 * bound. `avif` loads the decoder of AVIF beside the others.
 */
export async function withVips<T>(name: 'plain' | 'avif', use: (vips: VipsLibrary) => T): Promise<T> {
  const loading = instances.get(name) ?? load(name)
  instances.set(name, loading)
  const { vips, memory } = await loading
  try {
    return use(vips)
  } finally {
    if (memory.buffer.byteLength > SWOLLEN_BYTES && instances.get(name) === loading) {
      instances.delete(name)
      vips.shutdown()
    }
  }
}
