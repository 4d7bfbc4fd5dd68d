import { z } from 'zod'

/**
 * How an image reaches a server: it fetches the image from the address that the user gave, or from the file host; or the image stands
 * inside the request, or goes as a single upload.
 */
export const Way = z.enum(['url', 'hosted', 'data_uri', 'upload'])
export type Way = z.infer<typeof Way>
