import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it, vi } from 'vitest'
import { encodeImage } from './encode-image.ts'
import { decodeWithVips } from './decode-vips.ts'

/** Bytes that buffers of pixels take once nothing that can be let go of is kept. */
function measureKept(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().arrayBuffers
}

it('keeps nothing of a picture that was decoded', async () => {
  const [width, height] = [1500, 1000]
  const { bytes } = await encodeImage(
    { data: new Uint8Array(width * height * 3), width, height, channels: 3 },
    { isPhoto: false, maxBytes: 1_000_000 },
  )
  const decode = async () => (await decodeWithVips(bytes, 'png')).data.length
  await decode()
  const before = measureKept()
  for (let round = 0; round < 5; round += 1) expect(await decode()).toBe(width * height * 3)
  // Memory that nothing refers to is given back a little later.
  await vi.waitFor(() => {
    expect(measureKept() - before).toBeLessThan(width * height * 3)
  }, 5000)
})
