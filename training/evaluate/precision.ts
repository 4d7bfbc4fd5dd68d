import { existsSync } from 'node:fs'
import { findInterval } from './measures.ts'
import { readReport, type Report } from './report.ts'

/**
 * What the released form of the weights (float16, convolutions and transformer layers in eight bits) costs against the same weights in float32, on the pictures that both
 * runs read; says so when the other run is missing.
 */
export function renderPrecision(released: Report, floatFile: string): string {
  if (!existsSync(floatFile)) return 'Not measured for these weights.'
  const float = readReport(floatFile)
  const key = ({ set, name, wanted }: Report['outcomes'][number]) => `${set} ${name} ${wanted}`
  const others = new Map(float.outcomes.map((outcome) => [key(outcome), outcome]))
  const pairs = released.outcomes.flatMap((outcome) => {
    const other = others.get(key(outcome))
    return other ? [[outcome, other] as const] : []
  })
  const count = (test: (pair: (typeof pairs)[number]) => boolean) => pairs.filter(test).length
  const row = (name: string, right: number) => {
    const [low, high] = findInterval(right, pairs.length)
    const share = (100 * right) / Math.max(1, pairs.length)
    return `| ${name} | ${pairs.length} | ${share.toFixed(1)} % | ${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} % |`
  }
  return [
    '| Weights | Images | Rendered match | 95 % interval |',
    '| --- | --- | --- | --- |',
    row(
      'as released',
      count(([one]) => one.isSameRender),
    ),
    row(
      'float32, as trained',
      count(([, other]) => other.isSameRender),
    ),
    '',
    `${count(([one, other]) => one.got !== other.got)} readings differ: ${count(([one, other]) => one.isSameRender && !other.isSameRender)} are right as released only, ${count(([one, other]) => !one.isSameRender && other.isSameRender)} in float32 only.`,
  ].join('\n')
}
