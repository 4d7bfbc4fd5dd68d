// Runs the worker from its TypeScript source: tsx's --import reaches main threads only.
import { register } from 'tsx/esm/api'

register()
await import('./recognise-worker.ts')
