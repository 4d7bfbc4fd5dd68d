"""Draws pictures of formulas where they are trained on, from what pack-signs.ts packs.

A sign is drawn by stretching its small picture into its box. All pictures of a batch are drawn at once.
"""

import numpy as np
import torch
from torch.nn import functional as F

from spot_pack import DISTANCE, MARGIN, SIDE, UNIT, Pack

# Side of the patches that signs are drawn in, in pixels; larger signs take several.
PATCH = 40
WRITTEN, HAND, PRINT = 0, 1, 2


@torch.no_grad()
def compose(pack: Pack, layouts, device, random: np.random.Generator, size: float = 1.0):
    """size: of signs, 1 for the usual one. Returns images (B 1 H W, ink 0…1, sides multiples of 8) and their signs as spot_data.collate gives them."""
    counts, count = pack.counts[layouts], len(layouts)
    owner = np.repeat(np.arange(count), counts)
    at = np.repeat(pack.starts[layouts] - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
    tokens, styles, places = pack.tokens[at], pack.styles[at], pack.places[at].copy()
    manner = random.choice(3, count, p=[0.38, 0.12, 0.5])
    face = np.where(random.random(count) < 0.55, pack.faces[layouts], random.choice(pack.print_faces, count))
    face = np.where(manner == PRINT, face, random.choice(pack.hand_faces, count))
    scale = size * UNIT * np.exp(random.normal(0, 0.2, count)) * np.where(manner == PRINT, 1, 1.08)
    stretch = np.exp(random.normal(0, 0.06, count))
    places[:, 0::2] *= (scale * stretch)[owner, None]
    places[:, 1::2] *= scale[owner, None]
    is_free = manner[owner] != PRINT
    middle = (places[:, :2] + places[:, 2:4]) / 2
    # Lines that rise, fall and wave; signs that stand where they should only nearly.
    slope = random.normal(0, 0.012, count) + (manner != PRINT) * random.normal(0, 0.02, count)
    wave, length, phase = random.random(count) * np.where(manner == PRINT, 0.6, 2.5), random.uniform(75, 375, count), random.uniform(0, 6.3, count)
    shift = np.stack([np.zeros(len(owner)), slope[owner] * middle[:, 0] + wave[owner] * np.sin(middle[:, 0] / length[owner] + phase[owner])], 1)
    loose = np.where(manner == PRINT, 0, random.uniform(0, 1.5, count))[owner, None]
    shift += random.normal(0, 1, shift.shape) * loose * [0.5, 0.8]
    places += np.tile(shift, 3)
    boxes, anchors = places[:, :4], places[:, 4:]

    sprite = pack.lookup[face[owner], tokens, styles]
    sprite = np.where(sprite < 0, pack.lookup[pack.faces[layouts][owner], tokens, styles], sprite)
    sprite = np.where(sprite < 0, pack.lookup[face[owner], tokens, 0], sprite)
    one, other = (pack.writers[random.integers(len(pack.writers), size=count)][owner] for _ in range(2))
    written = pack.find_written(one, tokens, styles, random)
    for writer in (other, np.zeros_like(owner)):
        written = np.where(written < 0, pack.find_written(writer, tokens, styles, random), written)
    is_bar = pack.bars[tokens] | ((tokens == pack.bar) & (sprite < 0)) | (tokens == pack.frame)
    is_written = (manner[owner] == WRITTEN) & (written >= 0) & ~is_bar & (tokens != pack.root)
    boxes, padded, reach = place_written(pack, boxes, written, is_written, tokens, scale[owner], random)
    anchors = np.where(is_written[:, None], anchors + (boxes[:, :2] + boxes[:, 2:4] - places[:, :2] - places[:, 2:4]) / 2, anchors)

    sprite = np.where(is_bar, pack.solid, sprite)
    # A root is its surd, drawn as a sign, and its bar.
    is_root = tokens == pack.root
    surd = padded.copy()
    surd[:, 2] = np.where(is_root, np.maximum(2 * anchors[:, 0] - boxes[:, 0], boxes[:, 0] + 2), padded[:, 2])
    thick = np.maximum(1, 45 * scale[owner])
    bars = boxes[is_root].copy()
    bars[:, 0], bars[:, 3] = surd[is_root, 2], bars[:, 1] + thick[is_root]
    frames = make_frames(boxes[tokens == pack.frame], thick[tokens == pack.frame])
    is_frame = tokens == pack.frame
    drawn = [
        (owner[~is_frame], surd[~is_frame], np.where(is_written, written, np.maximum(sprite, 0))[~is_frame], is_written[~is_frame], reach[~is_frame], ((sprite >= 0) | is_written)[~is_frame]),
        (owner[is_root], bars, np.full(len(bars), pack.solid), np.zeros(len(bars), bool), np.zeros(len(bars)), np.ones(len(bars), bool)),
        (np.repeat(owner[is_frame], 4), frames, np.full(len(frames), pack.solid), np.zeros(len(frames), bool), np.zeros(len(frames)), np.ones(len(frames), bool)),
    ]
    owners, rectangles, pictures, by_hand, reaches, known = (np.concatenate(parts) for parts in zip(*drawn))

    # A margin, and the corner of all ink at its inner edge.
    corner = np.full((count, 2), np.inf)
    np.minimum.at(corner, owner, padded[:, :2])
    offset = (random.uniform(2, 12, (count, 2)) - corner).astype(np.float32)
    rectangles = rectangles + np.tile(offset[owners], 2)
    boxes, anchors = boxes + np.tile(offset[owner], 2), anchors + offset[owner]
    far = rectangles[:, 2:4].max(0) + 8
    width, height = (int(-(-side // 8) * 8) for side in far)
    pen = random.uniform(1.1, 3.2, count)
    image = render(pack, (owners, rectangles, pictures, by_hand, reaches, pen[owners]), known, (count, height, width), device, random)
    image = weather(image, torch.from_numpy(manner != PRINT).to(device), random)
    # What no picture shows nobody is asked for.
    shown = (sprite >= 0) | is_written
    styles = np.where((styles < 2) & is_free, -100, styles)
    signs = np.concatenate([np.stack([owner, tokens, styles], 1), boxes, anchors], 1)[shown]
    return image[:, None], torch.from_numpy(signs.astype(np.float32))


def place_written(pack: Pack, boxes, written, is_written, tokens, scale, random):
    """Boxes of the ink, boxes that the small pictures fill, and the length of one picture unit in pixels."""
    at = np.maximum(written, 0)
    extent = np.maximum(pack.extents[at], 0.02)
    old = np.maximum(boxes[:, 2:4] - boxes[:, :2], 0.5)
    longest = old.max(1) / extent.max(1)
    size = pack.hand_sizes[at] * 690 * scale
    length = np.where(size > 0, np.minimum(size, 1.35 * longest), longest) * np.exp(random.normal(0, 0.05, len(at)))
    length = np.minimum(length, ((1.3 * old + 1.2) / extent).min(1) * 1.25)
    # What is much longer one way than the other (brackets) is stretched to its place.
    is_tall = old[:, 1] > 32
    width, height = extent[:, 0] * length, np.where(is_tall, old[:, 1], extent[:, 1] * length)
    middle = (boxes[:, :2] + boxes[:, 2:4]) / 2
    half = np.stack([width, height], 1) / 2
    ink = np.where(is_written[:, None], np.concatenate([middle - half, middle + half], 1), boxes)
    # Strokes hang from the upper left of a unit square with a margin.
    unit = np.stack([length, np.where(is_tall, old[:, 1] / extent[:, 1], length)], 1)
    corner = middle - half - MARGIN * unit
    padded = np.where(is_written[:, None], np.concatenate([corner, corner + (1 + 2 * MARGIN) * unit], 1), boxes)
    return ink, padded, length


def make_frames(boxes, thick):
    """Four bars for each frame."""
    left, top, right, bottom = boxes.T
    sides = [(left, top, right, top + thick), (left, bottom - thick, right, bottom), (left, top, left + thick, bottom), (right - thick, top, right, bottom)]
    return np.stack([np.stack(side, 1) for side in sides], 1).reshape(-1, 4)


def render(pack: Pack, drawn, known, shape, device, random):
    """Puts small pictures into their rectangles, patch by patch, the darker of two in one place."""
    owners, rectangles, pictures, by_hand, reaches, pens = (part[known] for part in drawn)
    count, height, width = shape
    first = np.floor(rectangles[:, :2]).astype(np.int64)
    last = np.ceil(rectangles[:, 2:4]).astype(np.int64)
    across, down = (np.maximum(1, -(-(last - first)[:, axis] // PATCH)) for axis in (0, 1))
    times = across * down
    at = np.repeat(np.arange(len(times)), times)
    number = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    x0 = torch.from_numpy(first[at, 0] + number % across[at] * PATCH).to(device)
    y0 = torch.from_numpy(first[at, 1] + number // across[at] * PATCH).to(device)
    image = torch.zeros(count * height * width, device=device)
    to = lambda values, kind=torch.float32: torch.from_numpy(np.ascontiguousarray(values)).to(device, kind)  # noqa: E731
    rectangle, picture, hand = to(rectangles[at]), to(pictures[at], torch.int64), to(by_hand[at], torch.bool)
    reach, pen, owner = to(reaches[at]), to(pens[at]), to(owners[at], torch.int64)
    size = (rectangle[:, 2:] - rectangle[:, :2]).amax(1)
    level = torch.where(hand | (size > 24), 0, torch.where(size > 11, 1, 2))
    side = SIDE // 2**level
    begin = torch.where(level == 0, 0, torch.where(level == 1, SIDE * SIDE, SIDE * SIDE * 5 // 4))
    step = torch.arange(PATCH, device=device)
    for start in range(0, len(at), 2048):
        part = slice(start, start + 2048)
        columns, rows = x0[part, None] + step, y0[part, None] + step
        left, top, right, bottom = (value[:, None] for value in rectangle[part].unbind(1))
        n = side[part, None]
        u = ((columns + 0.5 - left) / (right - left).clamp(min=0.1) * n - 0.5).clamp(min=0)
        v = ((rows + 0.5 - top) / (bottom - top).clamp(min=0.1) * n - 0.5).clamp(min=0)
        u, v = torch.minimum(u, n - 1.0), torch.minimum(v, n - 1.0)
        u0, v0 = u.floor().long().minimum(n - 2), v.floor().long().minimum(n - 2)
        fu, fv = (u - u0)[:, None, :], (v - v0)[:, :, None]

        def fetch(values, dv, du):
            index = begin[part, None, None] + (v0 + dv)[:, :, None] * n[:, :, None] + (u0 + du)[:, None, :]
            return values[picture[part].clamp(max=len(values) - 1)[:, None, None], index.clamp(max=values.shape[1] - 1)].float()

        def blend(values):
            return (fetch(values, 0, 0) * (1 - fu) + fetch(values, 0, 1) * fu) * (1 - fv) + (fetch(values, 1, 0) * (1 - fu) + fetch(values, 1, 1) * fu) * fv

        covered_x = (torch.minimum(columns + 1.0, right) - torch.maximum(columns.float(), left)).clamp(0, 1)
        covered_y = (torch.minimum(rows + 1.0, bottom) - torch.maximum(rows.float(), top)).clamp(0, 1)
        covered = covered_y[:, :, None] * covered_x[:, None, :]
        away = blend(pack.distances) * DISTANCE * reach[part, None, None]
        by_pen = (0.5 + pen[part, None, None] / 2 - away).clamp(0, 1) * (covered > 0)
        ink = torch.where(hand[part, None, None], by_pen, blend(pack.ink) / 255 * covered)
        inside = ((columns >= 0) & (columns < width))[:, None, :] & ((rows >= 0) & (rows < height))[:, :, None]
        places = (owner[part, None, None] * height + rows[:, :, None]) * width + columns[:, None, :]
        image.scatter_reduce_(0, places[inside], ink[inside], "amax")
    return image.reshape(count, height, width)


def weather(image, is_free, random):
    """What paper, cameras and their cleaning do to ink: B H W."""
    count, height, width = image.shape
    device = image.device
    one = lambda low, high: torch.from_numpy(random.uniform(low, high, (count, 1, 1)).astype(np.float32)).to(device)  # noqa: E731
    some = lambda share: torch.from_numpy(random.random((count, 1, 1)) < share).to(device)  # noqa: E731

    def clouds(cell: int):
        knots = torch.rand(count, 1, max(2, height // cell), max(2, width // cell), device=device)
        return F.interpolate(knots, size=(height, width), mode="bilinear", align_corners=False)[:, 0]

    wide = F.max_pool2d(image[:, None], 3, 1, 1)[:, 0]
    image = torch.where(some(0.25), torch.maximum(image, wide * one(0.2, 0.9)), image)
    soft = F.avg_pool2d(image[:, None], 3, 1, 1)[:, 0]
    share = one(0, 1)
    image = torch.where(some(0.6), image * (1 - share) + soft * share, image)
    image = torch.where(some(0.15), F.avg_pool2d(image[:, None], 3, 1, 1)[:, 0], image)
    image = torch.where(some(0.25), image * (1 - one(0.1, 0.7) * clouds(24)), image)
    # The picture is lifted until strong pixels are black.
    image = (image / image.flatten(1).amax(1).clamp(min=0.2)[:, None, None] * one(0.85, 1.25)).clamp(0, 1)
    image = torch.where(some(0.3), image ** one(0.5, 1.7), image)
    dirt = ((clouds(12) - 0.7).clamp(min=0) * one(0.3, 2.0)) * (torch.rand_like(image) < one(0.1, 0.9))
    image = torch.where(some(0.12), torch.maximum(image, dirt), image)
    specks = (torch.rand_like(image) < 0.0015) * one(0.2, 0.9)
    image = torch.where(some(0.15), torch.maximum(image, specks), image)
    return torch.where(some(0.4), image + torch.randn_like(image) * one(0, 0.08), image).clamp(0, 1)
