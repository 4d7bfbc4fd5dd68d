"""What pack-signs.ts packs, ready to draw with: layouts of formulas, signs of all faces as small pictures, strokes of real hands as distances to them."""

import gzip
import json

import numpy as np
import torch
from torch.nn import functional as F

SIDE = 32
# Pixels of the spotter's canvas for 1/1000 em at its usual size: the height of an x is 445/1000 em and 14.7 pixels.
UNIT = 14.7 / 445
# How far the small picture of a written sign goes beyond it, in lengths of its longer side.
MARGIN = 0.25
# One step of the distance to a stroke, in lengths of the longer side.
DISTANCE = 1 / 512
NEW_STROKE = 255


class Pack:
    def __init__(self, folder: str, device: torch.device, hands: int | None = None):
        """hands: draw with so many of the written signs only, to be ready sooner."""
        with open(f"{folder}/pack.json") as file:
            about = json.load(file)
        self.vocabulary: list[str] = about["vocabulary"]
        tokens, styles = len(self.vocabulary), 8
        read = Reader(f"{folder}/layouts.bin.gz")
        count, signs = about["layouts"], about["signs"]
        self.counts, self.faces = read(np.uint16, count).astype(np.int64), read(np.uint8, count)
        self.tokens, self.styles = read(np.uint16, signs).astype(np.int64), read(np.uint8, signs).astype(np.int64)
        self.places = read(np.int16, signs * 6).reshape(-1, 6).astype(np.float32) * 4
        self.starts = np.cumsum(self.counts) - self.counts
        # The upper left corner of every layout's ink becomes its origin.
        low = np.minimum.reduceat(self.places[:, :2], self.starts)
        self.places -= np.tile(np.repeat(low, self.counts, 0), 3)
        self.sizes = np.maximum.reduceat(self.places[:, 2:4], self.starts)
        # Rising width among those of like height.
        heights = self.sizes[:, 1] // 400
        self.order = np.lexsort((self.sizes[:, 0], heights))
        self.alike = np.searchsorted(heights[self.order], heights[self.order], "left")

        sprites = Reader(f"{folder}/sprites.bin.gz")(np.uint8, about["sprites"] * SIDE * SIDE).reshape(-1, SIDE, SIDE)
        self.lookup = np.full((len(about["kinds"]), tokens, styles), -1, np.int64)
        face, token, style, sprite = np.array(about["table"]).reshape(-1, 4).T
        self.lookup[face, token, style] = sprite
        self.hand_faces = np.array([at for at, kind in enumerate(about["kinds"]) if kind == "hand"])
        self.print_faces = np.array([at for at, kind in enumerate(about["kinds"]) if kind == "print"])
        # One more picture, all ink: bars.
        self.solid = len(sprites)
        sprites = np.concatenate([sprites, np.full((1, SIDE, SIDE), 255, np.uint8)])
        self.ink = shrink_all(torch.from_numpy(sprites).to(device))

        read = Reader(f"{folder}/hands.bin.gz")
        count = about["hands"]["signs"]
        writers, hand_tokens = read(np.uint16, count).astype(np.int64), read(np.uint16, count).astype(np.int64)
        hand_styles, hand_sizes = read(np.uint8, count).astype(np.int64), read(np.uint16, count).astype(np.float32) / 100
        lengths, points = read(np.uint8, count).astype(np.int64), read(np.uint8, about["hands"]["points"] * 2).reshape(-1, 2)
        starts = np.cumsum(lengths) - lengths
        # Every so many: the hands lie one after the other.
        kept = np.arange(0, count, max(1, count // hands) if hands else 1)
        writers, hand_styles, hand_sizes, lengths, starts = (part[kept] for part in (writers, hand_styles, hand_sizes, lengths, starts))
        hand_tokens = hand_tokens[kept]
        key = (writers * tokens + hand_tokens) * styles + hand_styles
        sorted_by_key = np.argsort(key, kind="stable")
        self.hand_keys, self.hand_order = key[sorted_by_key], sorted_by_key
        self.writers = np.unique(writers[writers > 0])
        self.hand_sizes = hand_sizes
        self.distances, self.extents = draw_strokes(starts, lengths, points, device)
        self.bars = np.isin(np.arange(tokens), [self.vocabulary.index(token) for token in ("\\frac", "\\overline", "\\underline", "\\hline")])
        self.root, self.frame, self.bar = (self.vocabulary.index(token) for token in ("\\sqrt", "\\boxed", "|"))

    def find_written(self, writers, tokens, styles, random: np.random.Generator):
        """One written sign for each (N), -1 where that writer has none."""
        # Nobody writes italics by intention.
        styles = np.where((styles >= 3) & (styles <= 5), styles, 0)
        key = (writers * len(self.vocabulary) + tokens) * 8 + styles
        first, last = np.searchsorted(self.hand_keys, key, "left"), np.searchsorted(self.hand_keys, key, "right")
        chosen = first + (random.random(len(key)) * (last - first)).astype(np.int64)
        return np.where(last > first, self.hand_order[np.minimum(chosen, len(self.hand_order) - 1)], -1)

    def draw_batch(self, pixels: int, random: np.random.Generator):
        """Layouts of like size whose pictures have so many pixels together."""
        at = int(random.integers(len(self.order)))
        width, height = (self.sizes[self.order[at]] * UNIT * 1.15 + 24).tolist()
        count = max(1, min(256, int(pixels / (width * height))))
        # The widest sets the size for all.
        return self.order[max(int(self.alike[at]), at + 1 - count) : at + 1]


class Reader:
    """Arrays one after another in a packed file."""

    def __init__(self, path: str):
        with gzip.open(path) as file:
            self.bytes = file.read()
        self.at = 0

    def __call__(self, kind, count: int):
        values = np.frombuffer(self.bytes, kind, count, self.at)
        self.at += values.nbytes
        return values


def shrink_all(sprites):
    """N 32 32 bytes -> N 1344: each picture in three sizes, so that small signs are not drawn from large pictures."""
    levels = [sprites.float()[:, None]]
    for _ in range(2):
        levels.append(F.avg_pool2d(levels[-1], 2))
    return torch.cat([level.flatten(1).round().byte() for level in levels], 1)


def draw_strokes(starts, lengths, points, device):
    """Distances to the strokes of written signs (N 1024 bytes, in steps of DISTANCE) over their boxes and a margin, and their extents (N 2)."""
    longest = int(lengths.max())
    at = np.minimum(starts[:, None] + np.arange(longest), len(points) - 1)
    there = np.arange(longest) < lengths[:, None]
    x, y = points[at, 0].astype(np.float32), points[at, 1].astype(np.float32)
    is_point = there & (x != NEW_STROKE)
    x, y = x / 254, y / 254
    extents = np.stack([np.where(is_point, x, 0).max(1), 1 - np.where(is_point, y, 1).min(1)], 1)
    # A lone point is a stroke from itself to itself.
    follows = np.zeros_like(is_point)
    follows[:, 1:] = is_point[:, 1:] & is_point[:, :-1]
    before_x, before_y = np.where(follows, np.roll(x, 1, 1), x), np.where(follows, np.roll(y, 1, 1), y)
    distances = torch.empty(len(lengths), SIDE * SIDE, dtype=torch.uint8, device=device)
    ticks = (torch.arange(SIDE, device=device) + 0.5) / SIDE * (1 + 2 * MARGIN) - MARGIN
    chunk = 400 if device.type == "cuda" else 60
    for first in range(0, len(lengths), chunk):
        part = slice(first, first + chunk)
        widest = max(1, int(lengths[part].max()))
        to = lambda values: torch.from_numpy(values[part, :widest]).to(device)  # noqa: E731
        ax, ay, bx, by, real = to(before_x), to(before_y), to(x), to(y), to(is_point)
        # Strokes hang from the upper edge of their box; pictures count rows downwards.
        px, py = ticks[None, None, :, None], (1 - ticks)[None, :, None, None]
        ax, ay, bx, by = (values[:, None, None] for values in (ax, ay, bx, by))
        dx, dy = bx - ax, by - ay
        along = (((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy).clamp(min=1e-9)).clamp(0, 1)
        away = torch.hypot(px - ax - along * dx, py - ay - along * dy)
        away = away.masked_fill(~real[:, None, None], 9).amin(3)
        distances[part] = (away / DISTANCE).clamp(max=255).flatten(1).byte()
    return distances, extents.astype(np.float32)
