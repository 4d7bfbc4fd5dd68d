"""Batches from the shards that make-shards.ts writes."""

import difflib
import json
import os
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

PAD, START, END = 0, 1, 2
BATCH_PIXELS = 300_000
BATCH_SAMPLES = 26
REUSES = 5
# Height of a usual glyph on the canvases that the model looks at in the end; shards drawn in another size are scaled.
GLYPH_HEIGHT = 16
# And in the first half of a run.
SMALLER = 14


FULL_LENGTH_FROM = 150_000
"""Images after which nothing is too long."""


def limit_for(seen: int) -> int:
    """Curriculum: longest label, by images seen."""
    return 25 if seen < 36_000 else 60 if seen < 75_000 else 84 if seen < FULL_LENGTH_FROM else 110


class Shards:
    """Reads shards round-robin, fresh ones first, and deletes what has been used often enough."""

    def __init__(self, folder: str, keep: bool = False):
        self.folder = folder
        self.keep = keep
        self.uses: dict[str, int] = {}

    def draw(self, count: int) -> list[str]:
        while True:
            names = sorted(name[:-5] for name in os.listdir(self.folder) if name.endswith(".json") and name[0].isdigit())
            if names:
                break
            time.sleep(2)
        random.shuffle(names)
        names.sort(key=lambda name: self.uses.get(name, 0))
        return names[:count]

    def load(self, count: int, limit: int):
        samples = []
        for name in self.draw(count):
            with open(f"{self.folder}/{name}.json") as file:
                entries = json.load(file)
            pixels = np.fromfile(f"{self.folder}/{name}.bin", dtype=np.uint8)
            for entry in entries:
                if len(entry["l"]) <= limit:
                    end = entry["o"] + entry["w"] * entry["h"]
                    samples.append((pixels[entry["o"] : end].reshape(entry["h"], entry["w"]), entry))
            self.uses[name] = self.uses.get(name, 0) + 1
            if self.uses[name] >= REUSES and not self.keep:
                os.remove(f"{self.folder}/{name}.json")
                os.remove(f"{self.folder}/{name}.bin")
                self.uses.pop(name)
        return samples


def make_batches(samples, jitter: bool, glyph_height: float = GLYPH_HEIGHT):
    """Groups pictures of like size; yields tensors and, last, what the shards say of each picture."""
    batches = []
    for height in {entry["g"] for _, entry in samples}:
        alike = [sample for sample in samples if sample[1]["g"] == height]
        batches += [(group, glyph_height / height) for group in group_by_size(alike, jitter, (height / glyph_height) ** 2)]
    if jitter:
        random.shuffle(batches)
    for group, scale in batches:
        yield collate(group, jitter, scale)


def group_by_size(samples, jitter: bool, allowance: float):
    order = sorted(samples, key=lambda s: (s[1]["h"] // 24, s[1]["w"] + random.random() * 24 if jitter else s[1]["w"]))
    groups, group, height, width = [], [], 0, 0
    for sample in order:
        h, w = max(height, sample[1]["h"]), max(width, sample[1]["w"])
        if group and (h * w * (len(group) + 1) > BATCH_PIXELS * allowance or len(group) >= BATCH_SAMPLES):
            groups.append(group)
            group, h, w = [], sample[1]["h"], sample[1]["w"]
        group.append(sample)
        height, width = h, w
    if group:
        groups.append(group)
    return groups


def collate(group, jitter: bool, scale: float):
    slack = 8 if jitter else 0
    height = max(s[1]["h"] for s in group) + slack
    width = max(s[1]["w"] for s in group) + slack
    image = torch.zeros(len(group), 1, height, width)
    mask = torch.zeros(len(group), height // 8, width // 8)
    longest = max(len(s[1]["l"]) for s in group)
    ids = torch.full((len(group), longest + 2), PAD)
    printed = torch.zeros(len(group))
    glyphs: list[tuple[int, float, float, int]] = []
    pairs: list[tuple[int, int, int]] = []
    for row, (pixels, entry) in enumerate(group):
        # A few pixels of shift: the grid must not learn where the crop began.
        top = random.randint(0, slack)
        left = random.randint(0, slack)
        image[row, 0, top : top + entry["h"], left : left + entry["w"]] = torch.from_numpy(pixels.astype(np.float32) / 255)
        mask[row, : (top + entry["h"] + 7) // 8, : (left + entry["w"] + 7) // 8] = 1
        pairs += [(row, step, len(glyphs) + place) for step, place in align(entry)]
        for at in range(0, len(entry.get("k", ())), 3):
            x, y, token = entry["k"][at : at + 3]
            glyphs.append((row, (x + left + 0.5) / width, (y + top + 0.5) / height, token))
        label = [START, *entry["l"], END]
        ids[row, : len(label)] = torch.tensor(label)
        printed[row] = 0.0 if entry["s"] == "hand" else 1.0
    if jitter:
        image = disturb(image, scale)
    else:
        image = shrink(image, scale)
    grid = F.interpolate(mask[:, None], size=(image.shape[2] // 8, image.shape[3] // 8), mode="nearest")[:, 0]
    rows, columns = image.shape[2] // 8, image.shape[3] // 8
    # A sign at the very edge may be rounded to beyond it.
    cells = [(row, min(rows - 1, int(y * rows)) * columns + min(columns - 1, int(x * columns))) for row, x, y, _ in glyphs]
    steps = torch.tensor([pair[:2] for pair in pairs], dtype=torch.long).reshape(-1, 2)
    targets = torch.tensor([cells[place][1] for *_, place in pairs], dtype=torch.long)
    # Cells without any ink around them hold nothing: as many of them as there are signs.
    empty = (F.max_pool2d(image, (8, 8)) < 0.08)[:, 0].flatten(1).logical_and(grid.flatten(1) > 0).nonzero()
    if cells and len(empty) > 0:
        chosen = empty[torch.randint(len(empty), (max(1, len(cells) // 3),))].tolist()
        cells += [tuple(cell) for cell in chosen]
        glyphs += [(0, 0.0, 0.0, PAD)] * len(chosen)
    places = torch.tensor(cells, dtype=torch.long).reshape(-1, 2)
    names = torch.tensor([token for *_, token in glyphs], dtype=torch.long)
    return image, ids, grid.flatten(1), printed, places, names, steps, targets, [entry for _, entry in group]


def align(entry) -> list[tuple[int, int]]:
    """Pairs of label position and sign: typesetting draws signs nearly in the order in which they are written."""
    signs = entry.get("k", ())[2::3]
    if not signs:
        return []
    blocks = difflib.SequenceMatcher(None, entry["l"], signs, autojunk=False).get_matching_blocks()
    return [(block.a + at, block.b + at) for block in blocks for at in range(block.size)]


def shrink(image, scale: float):
    if scale == 1:
        return image
    size = [max(32, round(side * scale / 8) * 8) for side in image.shape[2:]]
    return F.interpolate(image, size=size, mode="bilinear", align_corners=False, antialias=True)


def disturb(image, scale: float):
    """Cheap changes for a whole batch, so that a picture seen again is another picture."""
    if random.random() < 0.6:
        scale_y, scale_x = scale * random.uniform(0.85, 1.18), scale * random.uniform(0.85, 1.18)
        size = [max(32, round(side * factor / 8) * 8) for side, factor in ((image.shape[2], scale_y), (image.shape[3], scale_x))]
        image = F.interpolate(image, size=size, mode="bilinear", align_corners=False, antialias=True)
    else:
        image = shrink(image, scale)
    choice = random.random()
    if choice < 0.1:
        image = torch.maximum(image, 0.8 * F.max_pool2d(image, 3, 1, 1) * random.uniform(0.3, 1))
    elif choice < 0.18:
        image = image - random.uniform(0.2, 0.6) * (image + F.max_pool2d(-image, 3, 1, 1))
    elif choice < 0.28:
        image = F.avg_pool2d(image, 3, 1, 1)
    if random.random() < 0.4:
        image = image.clamp(0, 1) ** random.uniform(0.6, 1.6)
    if random.random() < 0.3:
        image = image + torch.randn_like(image) * random.uniform(0, 0.06)
    return image.clamp(0, 1)
