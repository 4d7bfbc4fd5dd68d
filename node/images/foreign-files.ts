/* eslint-disable no-control-regex -- these patterns are of bytes, not of text */
/** Kinds of file that are not read, by their first bytes in lower case, and what they are, to go on after the file's name. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/^[^]{0,1024}%pdf-\d/, 'is a PDF. Save the formula as an image and add that.'],
  [/^<(!doctype html|html)/, 'is a web page, not an image.'],
  [/^(<\?xml[^>]*>\s*)?<([a-z]+:)?math[\s>]/, 'is MathML, not an image.'],
  [/^(\u00ff\n|\0\0\0\fjxl )/, 'is a JPEG XL image. Save it as PNG and add that.'],
  [/^(\u00ffo\u00ffq|\0\0\0\fjp {2})/, 'is a JPEG 2000 image. Save it as PNG and add that.'],
  [/^8bps/, 'is a Photoshop document. Export it as PNG and add that.'],
  [/^gimp xcf/, 'is a GIMP document. Export it as PNG and add that.'],
  [/^(%!ps|\u00c5\u00d0\u00d3\u00c6)/, 'is a PostScript file. Save the formula as PNG and add that.'],
  [/^\u0001\0\0\0[^]{36} emf/, 'is a Windows metafile (EMF). Save it as PNG or SVG and add that.'],
  [
    /^(\u00d7\u00cd\u00c6\u009a|[\u0001\u0002]\0\t\0\0[\u0001\u0003])/,
    'is a Windows metafile (WMF). Save it as PNG or SVG and add that.',
  ],
  [/^at&tform/, 'is a DjVu document. Save the page as an image and add that.'],
  [/^\0\0[\u0001\u0002]\0[^\0]\0/, 'is a Windows icon or cursor. Save it as PNG and add that.'],
  [/^icns/, 'is a Mac icon. Save it as PNG and add that.'],
  [/^p[1-7]\s/, 'is a PNM image. Save it as PNG and add that.'],
  [/^qoif/, 'is a QOI image. Save it as PNG and add that.'],
  [/^(v\/1\u0001|#\?(radiance|rgbe))/, 'is a high dynamic range image. Save it as PNG and add that.'],
  [/^\n[\u0000-\u0005]\u0001[\u0001\u0002\u0004\u0008]/, 'is a PCX image. Save it as PNG and add that.'],
  [/^dds /, 'is a DirectDraw surface. Save it as PNG and add that.'],
  [/^simple {2}=/, 'is a FITS image. Save it as PNG and add that.'],
  [/^[^]{128}dicm/, 'is a DICOM image. Save it as PNG and add that.'],
  [/^\u0097jb2/, 'is a JBIG2 image. Save it as PNG and add that.'],
  [/^[\u008a\u008b][mj]ng\r\n/, 'is an MNG animation. Save one frame as PNG and add that.'],
  [/^[^]{4}ftypcrx |^iiu\0|^iiro|^fujifilmccd-raw/, 'is a raw photograph. Save it as JPEG and add that.'],
  [/^[^]{4}ftyp(mp4|isom|m4v|qt|3gp|avc)|^\u001ae\u00df\u00a3/, 'is a film, not an image.'],
  [/^pk\u0003\u0004/, 'is a ZIP archive or an office document. Save the formula as an image and add that.'],
  [
    /^\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1/,
    'is an office document. Save the formula as an image and add that.',
  ],
  [/^(rar!|7z\u00bc\u00af)/, 'is an archive. Unpack it and add the images.'],
  [/^\u001f\u008b/, 'is a compressed file. Unpack it and add what is in it.'],
  [/^version https:\/\/git-lfs/, 'is a placeholder of Git LFS, not the image itself.'],
  [/^\0+$/, 'holds nothing but zeros.'],
]

/** What bytes that hold no picture of ours are, to go on after their name. */
export function describeForeign(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1', 0, 2048)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .replace(/^\s+(?=<)/, '')
    // Not toLowerCase, which changes letters with accents, that is bytes, too.
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  return FOREIGN.find(([pattern]) => pattern.test(start))?.[1] ?? 'is not a supported image.'
}
