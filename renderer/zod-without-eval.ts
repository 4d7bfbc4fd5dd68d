import { z } from 'zod'

/**
 * zod tries `new Function` once to see whether it may compile its schemas. The page's policy refuses it, which is reported as a
 * violation; so it is told beforehand. Has to be imported before anything that makes a schema.
 */
z.config({ jitless: true })
