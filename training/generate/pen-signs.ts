import { readStrokes, type Point, type Stroke } from './pen-strokes.ts'

/** Signs of straight lines and corners, as `readStrokes` reads them. Keys are code points as MathJax names them. */
const straight: Readonly<Record<string, string>> = {
  '2B': '0 50 100 50 | 50 0 50 100', // +
  '2212': '0 50 50 50 100 50', // −
  '3D': '0 95 100 95 | 0 5 100 5', // =
  '3C': '100 100 0 50 100 0', // <
  '3E': '0 100 100 50 0 0', // >
  '2264': '100 100 0 62 100 25 | 0 0 100 0', // ≤
  '2265': '0 100 100 62 0 25 | 0 0 100 0', // ≥
  '2A7D': '100 100 0 62 100 27 | 0 36 100 0', // ⩽
  '2A7E': '0 100 100 62 0 27 | 100 36 0 0', // ⩾
  '2260': '0 70 100 70 | 0 35 100 35 | 75 100 25 0', // ≠
  B1: '0 62 100 62 | 50 25 50 100 | 0 0 100 0', // ±
  D7: '0 100 100 0 | 0 0 100 100', // ×
  F7: '0 50 100 50 | 48 95 52 92 | 48 8 52 5', // ÷
  '2227': '0 0 50 100 100 0', // ∧
  '2228': '0 100 50 0 100 100', // ∨
  AC: '0 100 100 100 100 0', // ¬
  '2192': '0 50 100 50 | 70 95 100 50 70 5', // →
  '2190': '100 50 0 50 | 30 95 0 50 30 5', // ←
  '21D2': '0 72 85 72 | 0 28 85 28 | 65 100 100 50 65 0', // ⇒
  '5B': '100 100 10 100 10 0 100 0', // [
  '5D': '0 100 90 100 90 0 0 0', // ]
  '7C': '50 100 50 0', // |
  '2223': '50 100 50 0', // ∣
  '2F': '100 100 0 0', // /
  '2211': '100 93 95 100 0 100 60 50 0 0 95 0 100 8', // ∑
  '222B': '100 93 85 100 65 93 50 50 35 7 15 0 0 7', // ∫
  '2220': '80 100 0 0 100 0', // ∠
  '25B3': '0 0 50 100 100 0 0 0', // △
  '22A5': '50 100 50 0 | 0 0 100 0', // ⊥
  '2225': '10 100 10 0 | 90 100 90 0', // ∥
  '2032': '90 100 20 0', // ′
  '2200': '0 100 50 0 100 100 | 20 60 80 60', // ∀
  '2203': '0 100 100 100 100 0 0 0 | 10 50 100 50', // ∃
  '3C0': '0 90 100 100 | 30 95 20 0 | 70 97 75 10 95 5', // π
  '3BB': '5 95 25 95 100 0 | 50 60 0 0', // λ
  '394': '0 0 50 100 100 0 0 0', // Δ
}

const curved: Readonly<Record<string, readonly Stroke[]>> = {
  // ≈
  '2248': [
    curve(0, 1, (t) => [t, 0.75 + 0.2 * Math.sin(t * 6.28)]),
    curve(0, 1, (t) => [t, 0.2 + 0.2 * Math.sin(t * 6.28)]),
  ],
  // (
  '28': [curve(0, 1, (t) => [1 - 0.95 * Math.sin(t * Math.PI), 1 - t])],
  // )
  '29': [curve(0, 1, (t) => [0.95 * Math.sin(t * Math.PI), 1 - t])],
  // ∈
  '2208': [arc(0.9, 0.5, 0.9, 0.5, 0.5, 1.5), ...readStrokes('5 50 90 50')],
  // ∪
  '222A': [[[0, 1], ...arc(0.5, 0.45, 0.5, 0.45, 1, 2), [1, 1]]],
  // ∩
  '2229': [[[0, 0], ...[...arc(0.5, 0.55, 0.5, 0.45, 0, 1)].reverse(), [1, 0]]],
  // ⊂
  '2282': [arc(0.9, 0.5, 0.9, 0.5, 0.5, 1.5)],
  // ⊆
  '2286': [arc(0.9, 0.62, 0.9, 0.38, 0.5, 1.5), ...readStrokes('0 0 100 0')],
  // ∞
  '221E': [
    curve(0, 2, (t) => [0.5 + 0.5 * Math.sin(t * Math.PI), 0.5 + 0.5 * Math.sin(2 * t * Math.PI)], 20),
  ],
  // θ
  '3B8': [arc(0.5, 0.5, 0.5, 0.5, 0.5, 2.5), ...readStrokes('5 50 95 50')],
}

/** Signs as a pen draws them, by code point: text faces made after handwriting have letters, but seldom these. */
export const penSigns: Readonly<Record<string, readonly Stroke[]>> = {
  ...Object.fromEntries(Object.entries(straight).map(([code, text]) => [code, readStrokes(text)])),
  ...curved,
}

function curve(from: number, to: number, make: (t: number) => Point, steps = 8): Stroke {
  return Array.from({ length: steps + 1 }, (_, at) => make(from + ((to - from) * at) / steps))
}

/** Part of an ellipse; `from` and `to` in half turns. */
function arc(
  centreX: number,
  centreY: number,
  radiusX: number,
  radiusY: number,
  from: number,
  to: number,
): Stroke {
  return curve(
    from,
    to,
    (angle) => [centreX + radiusX * Math.cos(angle * Math.PI), centreY + radiusY * Math.sin(angle * Math.PI)],
    10,
  )
}
