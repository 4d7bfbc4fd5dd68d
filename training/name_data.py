"""Signs cut out of the pictures of make-sign-shards.ts, as `cut-signs.ts` cuts them out of what the spotter found, and shaken for training."""

import numpy as np
import torch
from torch.nn import functional as F

from namer import SIDE
from spot_data import IGNORED, SIGN, SignShards, shows_ink

WIDE = 40
"""Cells across what is cut for training, so that it can be turned and moved."""
ROOM, LEAST, AROUND = 1.25, 0.6, 0.15
"""Side of what is cut: so many times the box's longer side, at least so many median signs; and so many median signs more."""


def measure_unit(boxes) -> float:
    """The median of the longer sides. boxes: N 4."""
    sides = np.sort(np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]))
    return max(1e-3, float(sides[(len(sides) - 1) // 2]))


def cut(pixels, boxes, unit: float, cells: int = SIDE):
    """Squares around boxes, each cell the mean of the ink in it. pixels: H W; boxes: N 4, pixels.
    Returns cuts (N cells cells) in units of the pixels and the boxes within them (N 4, 0…1)."""
    height, width = pixels.shape
    sums = np.zeros((height + 1, width + 1))
    sums[1:, 1:] = pixels.cumsum(0, dtype=np.float64).cumsum(1)
    longest = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    side = (np.maximum(ROOM * longest, LEAST * unit) + AROUND * unit) * cells / SIDE
    corner = (boxes[:, :2] + boxes[:, 2:]) / 2 - side[:, None] / 2
    edges = corner[:, :, None] + side[:, None, None] / cells * np.arange(cells + 1)
    x, y = edges[:, 0].clip(0, width), edges[:, 1].clip(0, height)
    x0, y0 = np.minimum(x.astype(np.int64), width - 1), np.minimum(y.astype(np.int64), height - 1)
    fx, fy = (x - x0)[:, None, :], (y - y0)[:, :, None]
    at = lambda dy, dx: sums[(y0 + dy)[:, :, None], (x0 + dx)[:, None, :]]  # noqa: E731
    whole = (at(0, 0) * (1 - fx) + at(0, 1) * fx) * (1 - fy) + (at(1, 0) * (1 - fx) + at(1, 1) * fx) * fy
    ink = np.diff(np.diff(whole, axis=1), axis=2) / ((side / cells) ** 2)[:, None, None]
    return ink, (boxes - np.tile(corner, 2)) / side[:, None]


def cover(boxes, cells: int):
    """Share of each cell inside a box. boxes: B 4, 0…1. Returns B cells cells."""
    low = torch.arange(cells, device=boxes.device)[None]
    left, top, right, bottom = (boxes * cells).unbind(1)
    along = lambda begin, end: (torch.minimum(end[:, None], low + 1.0) - torch.maximum(begin[:, None], low.float())).clamp(0, 1)  # noqa: E731
    return along(top, bottom)[:, :, None] * along(left, right)[:, None, :]


class Cuts:
    """Signs of some shards. kinds: style and photograph of the picture that each is from."""

    def __init__(self, samples, random: np.random.Generator | None):
        rows = []
        for pixels, entry in samples:
            signs = np.asarray(entry["b"], dtype=np.float32).reshape(-1, SIGN)
            if len(signs) == 0:
                continue
            boxes = signs[:, 2:6] / 4
            unit = measure_unit(boxes)
            if random is not None:
                sides = np.tile(boxes[:, 2:] - boxes[:, :2], 2)
                boxes = boxes + random.normal(0, 1, boxes.shape) * np.minimum(0.03 * sides + 0.5, 0.06 * unit + 0.1)
                boxes[:, 2:] = np.maximum(boxes[:, 2:], boxes[:, :2] + 1)
            shown = np.array([shows_ink(pixels, box) for box in boxes])
            if not shown.any():
                continue
            boxes, signs = boxes[shown], signs[shown]
            ink, places = cut(pixels, boxes, unit, SIDE if random is None else WIDE)
            sizes = np.log(np.maximum(boxes[:, 2:] - boxes[:, :2], 0.5) / unit)
            free = entry["s"] in ("hand", "written")
            styles = np.where((signs[:, 1] < 2) & free, IGNORED, signs[:, 1])
            kinds = np.full(len(signs), f"{entry['s']}{' photo' if entry['p'] else ''}")
            rows.append((np.round(ink).clip(0, 255).astype(np.uint8), places.astype(np.float32), sizes.astype(np.float32), signs[:, 0].astype(np.int64), styles.astype(np.int64), kinds))
        self.ink, self.boxes, self.sizes, self.tokens, self.styles, self.kinds = (np.concatenate(part) for part in zip(*rows))
        kinds = self.kinds.astype(str)
        self.written = (np.char.startswith(kinds, "hand") | np.char.startswith(kinds, "written")).astype(np.float32)

    def __len__(self):
        return len(self.tokens)

    def weigh(self):
        """Chances to be drawn: rare signs more often than they come, and what is written as well."""
        names, counts = np.unique(self.tokens * 8 + np.maximum(self.styles, 0), return_counts=True)
        count = counts[np.searchsorted(names, self.tokens * 8 + np.maximum(self.styles, 0))]
        chance = np.maximum(count, 12) ** -0.4 * np.where(np.char.startswith(self.kinds.astype(str), "written"), 1.3, 1)
        return chance / chance.sum()

    def batch(self, at, shakes: bool):
        ink, boxes, sizes = (torch.from_numpy(values[at]) for values in (self.ink, self.boxes, self.sizes))
        ink = ink.float() / 255
        cells = ink.shape[1]
        if shakes:
            boxes = boxes + torch.randn_like(boxes) * 0.012
        cuts = torch.stack([ink, cover(boxes, cells)], 1)
        if shakes:
            cuts = shake(cuts)
            sizes = sizes + torch.randn_like(sizes[:, :1]) * 0.15 + torch.randn_like(sizes) * 0.04
        return cuts, sizes, *(torch.from_numpy(values[at]) for values in (self.tokens, self.styles, self.written))


def bend(count: int):
    """Moves every place a little, its neighbours alike, some signs more than others: no two hands and no two faces shape a sign alike. Returns count SIDE SIDE 2."""
    amount = 0.07 * torch.rand(count, 1, 1, 1) ** 2
    moves = F.interpolate(torch.randn(count, 2, 5, 5) * amount, (SIDE, SIDE), mode="bicubic", align_corners=True)
    return moves.permute(0, 2, 3, 1)


def shake(cuts):
    """Turned, bent, stretched, moved; thicker, thinner, blurred, fainter, dirty. cuts: B 2 WIDE WIDE. Returns B 2 SIDE SIDE."""
    count = len(cuts)
    some = lambda share: (torch.rand(count, 1, 1, 1) < share).float()  # noqa: E731
    one = lambda low, high: low + (high - low) * torch.rand(count, 1, 1, 1)  # noqa: E731
    turn = torch.randn(count) * 0.06
    stretch = torch.exp(torch.randn(count, 2) * 0.07) * SIDE / WIDE
    shear = torch.randn(count) * 0.09
    move = torch.randn(count, 2) * 0.03
    cos, sin = turn.cos(), turn.sin()
    matrix = torch.stack(
        [torch.stack([stretch[:, 0] * cos, stretch[:, 0] * (shear - sin), move[:, 0]], 1), torch.stack([stretch[:, 1] * sin, stretch[:, 1] * cos, move[:, 1]], 1)], 1
    )
    grid = F.affine_grid(matrix, [count, 2, SIDE, SIDE], align_corners=False) + bend(count)
    cuts = F.grid_sample(cuts, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
    ink, inside = cuts[:, :1], cuts[:, 1:]
    wide = F.max_pool2d(ink, 3, 1, 1)
    ink = torch.lerp(ink, wide, some(0.15) * one(0.2, 0.8))
    thin = -F.max_pool2d(-ink, 3, 1, 1)
    ink = torch.lerp(ink, thin, some(0.12) * one(0.1, 0.5))
    soft = F.avg_pool2d(ink, 3, 1, 1)
    ink = torch.lerp(ink, soft, some(0.35) * one(0.1, 1.0))
    ink = ink * torch.exp(torch.randn(count, 1, 1, 1) * 0.2)
    ink = ink.clamp(0, 1) ** torch.exp(torch.randn(count, 1, 1, 1) * 0.25)
    specks = (torch.rand_like(ink) < 0.01).float() * one(0.2, 0.9)
    ink = torch.maximum(ink, specks * some(0.08))
    ink = ink + torch.randn_like(ink) * some(0.4) * one(0, 0.08)
    return torch.cat([ink.clamp(0, 1), inside], 1)

