import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { watchStopSignals } from './stop-signals.ts'

function watched() {
  const source = new EventEmitter()
  const told: string[] = []
  const clock = { ms: 0, elapsed: () => clock.ms }
  watchStopSignals(source, { onStop: () => told.push('stop'), onEnd: () => told.push('end') }, clock)
  return { source, told, clock }
}

describe('a signal', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'])('%s asks to stop', (name) => {
    const { source, told } = watched()
    source.emit(name)
    expect(told).toEqual(['stop'])
  })

  it('that comes several times at once is one wish, whoever hands it on', () => {
    const { source, told, clock } = watched()
    for (const name of ['SIGINT', 'SIGINT', 'SIGTERM', 'SIGHUP']) {
      source.emit(name)
      clock.ms += 300
    }
    expect(told).toEqual(['stop'])
  })

  it('that comes again later ends everything at once', () => {
    const { source, told, clock } = watched()
    source.emit('SIGINT')
    clock.ms = 2000
    source.emit('SIGINT')
    expect(told).toEqual(['stop', 'end'])
  })

  it('is for nobody else: a library that tidies up would end the process', () => {
    const source = new EventEmitter()
    source.on('SIGINT', () => {
      throw new Error('ended')
    })
    const told: string[] = []
    watchStopSignals(
      source,
      { onStop: () => told.push('stop'), onEnd: () => undefined },
      { elapsed: () => 0 },
    )
    source.emit('SIGINT')
    expect(told).toEqual(['stop'])
  })
})
