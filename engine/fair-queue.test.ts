import { describe, expect, it } from 'vitest'
import { FairQueue } from './fair-queue.ts'

/** A queue whose tasks end when told to, and the order in which they were begun. */
function createScene(queue: FairQueue) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const task = (name: string) => () =>
    new Promise<void>((resolve) => {
      begun.push(name)
      ends.set(name, resolve)
    })
  return {
    begun,
    add: (group: string, name: string) => queue.add(group, task(name)),
    addUrgent: (name: string) => queue.addUrgent(task(name)),
    end: async (name: string) => {
      ends.get(name)?.()
      await new Promise(setImmediate)
    },
  }
}

describe('FairQueue', () => {
  it('goes around the groups in turn', async () => {
    const scene = createScene(new FairQueue(1))
    for (const name of ['a1', 'a2', 'a3']) scene.add('a', name)
    for (const name of ['b1', 'b2']) scene.add('b', name)
    for (const name of ['a1', 'a2', 'b1', 'a3', 'b2']) await scene.end(name)
    expect(scene.begun).toEqual(['a1', 'a2', 'b1', 'a3', 'b2'])
  })

  it('runs no more at a time than allowed, in all and of one group', () => {
    const scene = createScene(new FairQueue(3, 2))
    for (const name of ['a1', 'a2', 'a3']) scene.add('a', name)
    expect(scene.begun).toEqual(['a1', 'a2'])
    for (const name of ['b1', 'b2']) scene.add('b', name)
    expect(scene.begun).toEqual(['a1', 'a2', 'b1'])
  })

  it('takes urgent tasks first', async () => {
    const scene = createScene(new FairQueue(1))
    scene.add('a', 'a1')
    scene.add('a', 'a2')
    scene.addUrgent('now')
    await scene.end('a1')
    expect(scene.begun).toEqual(['a1', 'now'])
  })

  it('starts nothing more once it is closed', async () => {
    const queue = new FairQueue(1)
    const scene = createScene(queue)
    scene.add('a', 'a1')
    scene.add('a', 'a2')
    queue.close()
    await scene.end('a1')
    expect(scene.begun).toEqual(['a1'])
  })
})
