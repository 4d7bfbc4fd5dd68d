import type { Item } from '../../shared/batch.ts'

/** Where pictures come from: the page's own origin. Replaced in tests and for design work in a browser. */
export const pictures = {
  image: (batchId: string, item: Item) => address('image', batchId, item),
  thumbnail: (batchId: string, item: Item) => address('thumb', batchId, item),
}

function address(kind: 'image' | 'thumb', batchId: string, { id, image }: Item): string {
  return `/${kind}/${encodeURIComponent(batchId)}/${encodeURIComponent(id)}?r=${image?.revision ?? 0}`
}
