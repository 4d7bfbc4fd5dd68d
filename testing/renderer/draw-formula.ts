/** A picture with some text on paper, for the design page; a blob address, because `img-src` allows no data address. */
export function drawFormula(text: string, width: number, height: number): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="100%" height="100%" fill="#fdfdfb"/>
<text x="50%" y="55%" font-family="serif" font-style="italic" font-size="${Math.min(height / 3, (1.6 * width) / Math.max(4, text.length))}" text-anchor="middle" dominant-baseline="middle" fill="#1c1c22">${escapeXml(text)}</text></svg>`
  return URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
}

function escapeXml(text: string): string {
  return text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`)
}
