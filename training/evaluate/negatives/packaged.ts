import * as patterns from 'hero-patterns'
import { icons } from 'lucide-react'
import qrcode from 'qrcode-generator'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Rng } from '../../generate/rng.ts'

/** Icons of lucide (ISC) that are no mathematical sign and no letter. */
const iconNames = (
  'Anchor Apple Axe Baby Backpack Banana Bath Bed Beer Bell Bike Bird Bomb Bone Bot Bug Bus Cake Camera Car Carrot Castle Cat Cherry ' +
  'Clapperboard Coffee Compass Cookie Cpu Crab Croissant Crown Dog Drum Dumbbell Ear Egg Fan Feather FerrisWheel ' +
  'Fingerprint FishSymbol Flame Flower Footprints Fuel Gavel Ghost Gift Grape Guitar Hammer Headphones Hospital IceCreamCone ' +
  'Keyboard Lamp Leaf Lightbulb Lollipop Luggage Magnet MapPinned Medal Mic Microscope Mountain Mouse Music Nut Origami Paintbrush ' +
  'Palette PawPrint Piano PiggyBank Pizza Plane Plug Popcorn Printer Puzzle Rabbit Rainbow Rat Rocket Sailboat Salad Sandwich Scissors ' +
  'Shell Ship Shirt ShoppingCart Shovel Shrimp Skull Snail Snowflake Sofa Soup Sprout Squirrel Stethoscope Store Sun Syringe Telescope ' +
  'Tent Thermometer Toilet Tractor TrafficCone Train Trash2 TreePine Trophy Truck Turtle Umbrella Utensils Van Video Volleyball Wallet ' +
  'WandSparkles Watch Waves Webcam Wheat Wind Wine Worm Wrench'
).split(' ')

/** One icon large, or a row of them as tool bars have it. */
export function icon(rng: Rng): string {
  const count = rng.weighted([
    [3, 1],
    [1, rng.int(3, 7)],
  ])
  const size = rng.int(40, count > 1 ? 60 : 160)
  const width = count * size * 1.2
  const body = Array.from({ length: count }, (_, place) => {
    const svg = drawIcon(rng.pick(iconNames), size)
    return `<g transform="translate(${place * size * 1.2},0)">${svg}</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${size}">${body.join('')}</svg>`
}

function drawIcon(name: string, size: number): string {
  const found = icons[name as keyof typeof icons] as (typeof icons)['Anchor'] | undefined
  return found ? renderToStaticMarkup(createElement(found, { size, color: '#000' })) : ''
}

/** A QR code of a made-up address, from the MIT-licensed generator. */
export function qrCode(rng: Rng): string {
  const code = qrcode(0, rng.pick(['L', 'M', 'Q', 'H']))
  code.addData(
    `https://example.org/${Array.from({ length: rng.int(4, 40) }, () => rng.pick([...'abcdefgh0123456789'])).join('')}`,
  )
  code.make()
  return code
    .createSvgTag({ cellSize: rng.int(3, 9), margin: 2 })
    .replace('<rect width="100%" height="100%" fill="white"', '<rect width="0" height="0" fill="none"')
}

/** Signs of sums in rows are no fair question. */
const unfair = new Set(['plus', 'xEquals', 'diagonalLines', 'ticTacToe', 'yyy'])

type Maker = (color: string, opacity: number) => string
/** Node adds the whole module as `default`. */
const fields = Object.entries(patterns as Record<string, unknown>).filter(
  (entry): entry is [string, Maker] => typeof entry[1] === 'function' && !unfair.has(entry[0]),
)

/** A field of one of the repeating patterns of heropatterns.com (MIT). */
export function pattern(rng: Rng): string {
  const [, make] = rng.pick(fields)
  const tile = decodeURIComponent(make('#000000', 1)).replace(/^url\('data:image\/svg\+xml,|'\)$/g, '')
  const size = /width="(\d+)" height="(\d+)"/.exec(tile)
  const [tileWidth, tileHeight] = [Number(size?.[1] ?? 60), Number(size?.[2] ?? 60)]
  const inner = tile.slice(tile.indexOf('>') + 1, tile.lastIndexOf('</svg>'))
  const [width, height] = [rng.int(180, 420), rng.int(120, 300)]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><pattern id="tile" width="${tileWidth}" height="${tileHeight}" patternUnits="userSpaceOnUse">${inner}</pattern></defs><rect width="${width}" height="${height}" fill="url(#tile)"/></svg>`
}
