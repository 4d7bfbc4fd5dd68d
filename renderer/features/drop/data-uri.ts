/**
 * Images that stand in a page as `data:` addresses, as files. Decoded here, because the page may not `fetch` anything, not even
 * these. What is no base64 image is left out.
 */
export function findDataUriFiles(addresses: readonly string[]): File[] {
  return addresses.flatMap((address, index) => {
    const match = /^data:image\/([a-z0-9.+-]+)[^,]*;base64,\s*([A-Za-z0-9+/=\s]+)$/i.exec(address)
    const [, type, base64] = match ?? []
    if (!type || !base64) return []
    try {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      return [new File([bytes], `image-${index + 1}.${type}`, { type: `image/${type}` })]
    } catch {
      return []
    }
  })
}
