import type { Rng } from '../../generate/rng.ts'

/** An SVG of black lines on nothing; `width` and `height` in pixels. */
export function frame(width: number, height: number, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" fill="none" stroke="#000" stroke-width="2">${body}</svg>`
}

const at = (value: number) => value.toFixed(1)

/** Charts: a pie, points with axes, stacked areas, boxes with whiskers, a radar. */
export function chart(rng: Rng): string {
  return rng.pick([pie, scatter, areas, boxPlot, radar])(rng)
}

function pie(rng: Rng): string {
  const [size, radius] = [240, 105]
  let angle = rng.between(0, 6)
  const cuts = Array.from({ length: rng.int(3, 8) }, () => {
    angle += rng.between(0.4, 1.2)
    return `<path d="M120 120L${at(120 + radius * Math.cos(angle))} ${at(120 + radius * Math.sin(angle))}"/>`
  })
  return frame(size, size, `<circle cx="120" cy="120" r="${radius}"/>${cuts.join('')}`)
}

function scatter(rng: Rng): string {
  const points = Array.from({ length: rng.int(15, 60) }, () => {
    const x = rng.between(30, 290)
    const y = 190 - 0.5 * x + rng.normal() * 25
    return `<circle cx="${at(x)}" cy="${at(y)}" r="${at(rng.between(2, 4))}" fill="#000"/>`
  })
  const ticks = Array.from(
    { length: 8 },
    (_, tick) => `<path d="M${30 + tick * 33} 200v6M14 ${190 - tick * 22}h6"/>`,
  )
  return frame(310, 220, `<path d="M20 5V200H305"/>${ticks.join('')}${points.join('')}`)
}

function areas(rng: Rng): string {
  const lines = Array.from({ length: rng.int(2, 4) }, (_, layer) => {
    let y = 60 + 40 * layer
    const points = Array.from({ length: 14 }, (_step, step) => {
      y += rng.normal() * 9
      return `${20 + step * 20},${at(y)}`
    })
    return `<polyline points="${points.join(' ')}"/>`
  })
  const hatching = Array.from(
    { length: 26 },
    (_, line) => `<path d="M${20 + line * 10} 200l10 -60" stroke-width="1"/>`,
  )
  return frame(300, 210, `<path d="M20 5V200H290"/>${lines.join('')}${hatching.join('')}`)
}

function boxPlot(rng: Rng): string {
  const boxes = Array.from({ length: rng.int(2, 6) }, (_, box) => {
    const [low, high] = [rng.int(90, 130), rng.int(30, 80)]
    const x = 30 + box * 45
    return `<rect x="${x}" y="${high}" width="26" height="${low - high}"/><path d="M${x} ${(low + high) >> 1}h26M${x + 13} ${high}v-20M${x + 13} ${low}v25M${x + 5} ${high - 20}h16M${x + 5} ${low + 25}h16"/>`
  })
  return frame(310, 190, `<path d="M15 5V180H300"/>${boxes.join('')}`)
}

function radar(rng: Rng): string {
  const spokes = rng.int(5, 9)
  const corner = (spoke: number, radius: number) =>
    `${at(120 + radius * Math.sin((2 * Math.PI * spoke) / spokes))},${at(120 - radius * Math.cos((2 * Math.PI * spoke) / spokes))}`
  const all = Array.from({ length: spokes }, (_, spoke) => spoke)
  const rings = [30, 60, 90].map(
    (radius) => `<polygon points="${all.map((spoke) => corner(spoke, radius)).join(' ')}" stroke-width="1"/>`,
  )
  const values = all.map((spoke) => corner(spoke, rng.between(20, 90)))
  return frame(
    240,
    240,
    `${rings.join('')}${all.map((spoke) => `<path d="M120 120L${corner(spoke, 90)}"/>`).join('')}<polygon points="${values.join(' ')}" stroke-width="4"/>`,
  )
}

/** Diagrams: an electric circuit, a flow of boxes and diamonds, a net of circles, a molecule, staves with notes. */
export function diagram(rng: Rng): string {
  return rng.pick([circuit, flow, net, molecule, staves])(rng)
}

function circuit(rng: Rng): string {
  const zigzag = (x: number, y: number) => `M${x} ${y}h12l4 -9l8 18l8 -18l8 18l8 -18l8 18l4 -9h12`
  const plates = (x: number, y: number) =>
    `M${x} ${y}h30M${x + 30} ${y - 14}v28M${x + 40} ${y - 14}v28M${x + 40} ${y}h32`
  const parts = Array.from({ length: 6 }, (_, part) =>
    rng.pick([zigzag, plates])(20 + (part % 3) * 72, part < 3 ? 30 : 170),
  )
  return frame(
    260,
    200,
    `<path d="${parts.join('')}M20 30V170M236 30V85M236 115V170"/><circle cx="236" cy="100" r="15"/>`,
  )
}

function flow(rng: Rng): string {
  const steps = Array.from({ length: rng.int(3, 6) }, (_, step) => {
    const y = 12 + step * 62
    const shape = rng.pick([
      `<rect x="70" y="${y}" width="100" height="34" rx="${rng.pick([0, 8, 17])}"/>`,
      `<path d="M120 ${y}l60 17l-60 17l-60 -17z"/>`,
      `<path d="M86 ${y}h94l-16 34h-94z"/>`,
    ])
    return `${shape}<path d="M120 ${y + 34}v24m-5 -8l5 8l5 -8"/>`
  })
  return frame(260, 12 + 62 * steps.length, `${steps.join('')}<path d="M180 91h50v62h-50"/>`)
}

function net(rng: Rng): string {
  const nodes = Array.from({ length: rng.int(5, 10) }, () => [rng.int(20, 280), rng.int(20, 200)] as const)
  const edges = nodes.flatMap(([x, y]) => {
    const [otherX, otherY] = rng.pick(nodes)
    return [`<path d="M${x} ${y}L${otherX} ${otherY}"/>`]
  })
  return frame(
    300,
    220,
    `${edges.join('')}${nodes.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="12" fill="#fff"/>`).join('')}`,
  )
}

function molecule(rng: Rng): string {
  const rings = Array.from({ length: rng.int(2, 4) }, (_, ring) => {
    const corner = (place: number, radius: number) =>
      `${at(60 + ring * 69 + radius * Math.sin((Math.PI * place) / 3))},${at(90 - radius * Math.cos((Math.PI * place) / 3))}`
    const all = [0, 1, 2, 3, 4, 5]
    const inner = rng.chance(0.6)
      ? `<path d="M${corner(1, 32)}L${corner(2, 32)}M${corner(3, 32)}L${corner(4, 32)}M${corner(5, 32)}L${corner(0, 32)}"/>`
      : ''
    return `<polygon points="${all.map((place) => corner(place, 40)).join(' ')}"/>${inner}`
  })
  return frame(360, 180, `${rings.join('')}<path d="M60 50v-35M129 130v35"/>`)
}

function staves(rng: Rng): string {
  const lines = [0, 1, 2, 3, 4].map((line) => `<path d="M8 ${40 + line * 12}h340" stroke-width="1.5"/>`)
  const notes = Array.from({ length: rng.int(6, 12) }, (_, note) => {
    const [x, y] = [40 + note * 25, 40 + 6 * rng.int(0, 8)]
    return `<ellipse cx="${x}" cy="${y}" rx="7" ry="5" ${rng.chance(0.7) ? 'fill="#000"' : ''}/><path d="M${x + 7} ${y}v-36"/>`
  })
  return frame(360, 130, `${lines.join('')}${notes.join('')}`)
}

/** Constructions: triangles with their heights, circles with tangents, solids. No letters. */
export function geometry(rng: Rng): string {
  const [x, y] = [() => rng.int(20, 280), () => rng.int(20, 200)]
  return rng.pick([
    () => {
      const [apexX, foot] = [rng.int(80, 220), 200]
      return frame(
        300,
        220,
        `<path d="M20 ${foot}L${apexX} 20L280 ${foot}zM${apexX} 20V${foot}M${apexX} 190h10v10M150 ${foot}L${(20 + apexX) / 2} 110"/>`,
      )
    },
    () =>
      frame(
        300,
        220,
        `<circle cx="130" cy="110" r="80"/><circle cx="130" cy="110" r="3" fill="#000"/><path d="M130 110L${x()} ${y()}M50 ${rng.int(10, 40)}L290 ${rng.int(10, 40)}M130 30V110"/>`,
      ),
    () =>
      frame(
        260,
        220,
        `<path d="M20 80h130v120h-130zM20 80l60 -50h130l-60 50M210 30v120l-60 50"/><path d="M80 30v120h130M80 150l-60 50" stroke-dasharray="6 5"/>`,
      ),
    () =>
      frame(
        280,
        230,
        `<path d="M140 15L30 180M140 15L250 180"/><ellipse cx="140" cy="180" rx="110" ry="${rng.int(20, 40)}"/>`,
      ),
    () =>
      frame(
        300,
        220,
        `<polygon points="${x()},${y()} ${x()},${y()} ${x()},${y()} ${x()},${y()}"/><path d="M${x()} ${y()}L${x()} ${y()}"/>`,
      ),
  ])()
}

/** Stripes of widths as goods carry them. */
export function barcode(rng: Rng): string {
  let x = 12
  let body = ''
  while (x < 250) {
    const wide = rng.int(1, 4) * 2
    body += `M${x} 10h${wide}v90h${-wide}z`
    x += wide + rng.int(1, 4) * 2
  }
  return frame(270, 110, `<path d="${body}" fill="#000" stroke="none"/>`)
}
