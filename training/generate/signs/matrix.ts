/** An affine map: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [number, number, number, number, number, number]

export const identity: Matrix = [1, 0, 0, 1, 0, 0]

export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

export function applyMatrix([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f]
}

/** Reads the value of an SVG `transform`. */
export function parseTransform(text: string | undefined): Matrix {
  let matrix = identity
  for (const [, name, list = ''] of (text ?? '').matchAll(/([a-zA-Z]+)\(([^)]*)\)/g)) {
    const [one = 0, two, ...rest] = list.split(/[\s,]+/).map(Number)
    if (name === 'translate') matrix = multiply(matrix, [1, 0, 0, 1, one, two ?? 0])
    else if (name === 'scale') matrix = multiply(matrix, [one, 0, 0, two ?? one, 0, 0])
    else if (name === 'skewX') matrix = multiply(matrix, [1, 0, Math.tan((one * Math.PI) / 180), 1, 0, 0])
    else if (name === 'rotate') matrix = multiply(matrix, turnAbout(one, two ?? 0, rest[0] ?? 0))
    else if (name === 'matrix') {
      const [c = 0, d = 1, e = 0, f = 0] = rest
      matrix = multiply(matrix, [one, two ?? 0, c, d, e, f])
    }
  }
  return matrix
}

function turnAbout(degrees: number, x: number, y: number): Matrix {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y]
}
