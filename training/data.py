"""Batches from the shards that make-shards.ts writes."""

import json
import os
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

PAD, START, END = 0, 1, 2
BATCH_PIXELS = 480_000
BATCH_SAMPLES = 40
REUSES = 3
# Canvases of shards are drawn for glyphs of 17 pixels; the model looks at smaller ones, which is a third faster.
SCALE = 14 / 17


def limit_for(seen: int) -> int:
    """Curriculum: longest label, by images seen."""
    return 25 if seen < 14_000 else 60 if seen < 45_000 else 112


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


def make_batches(samples, jitter: bool):
    """Groups pictures of like size; yields tensors."""
    order = sorted(samples, key=lambda s: (s[1]["h"] // 24, s[1]["w"] + random.random() * 24 if jitter else s[1]["w"]))
    groups, group, height, width = [], [], 0, 0
    for sample in order:
        h, w = max(height, sample[1]["h"]), max(width, sample[1]["w"])
        if group and (h * w * (len(group) + 1) > BATCH_PIXELS or len(group) >= BATCH_SAMPLES):
            groups.append(group)
            group, h, w = [], sample[1]["h"], sample[1]["w"]
        group.append(sample)
        height, width = h, w
    if group:
        groups.append(group)
    if jitter:
        random.shuffle(groups)
    for group in groups:
        yield collate(group, jitter)


def collate(group, jitter: bool):
    slack = 8 if jitter else 0
    height = max(s[1]["h"] for s in group) + slack
    width = max(s[1]["w"] for s in group) + slack
    image = torch.zeros(len(group), 1, height, width)
    mask = torch.zeros(len(group), height // 8, width // 8)
    longest = max(len(s[1]["l"]) for s in group)
    ids = torch.full((len(group), longest + 2), PAD)
    printed = torch.zeros(len(group))
    for row, (pixels, entry) in enumerate(group):
        # A few pixels of shift: the grid must not learn where the crop began.
        top = random.randint(0, slack)
        left = random.randint(0, slack)
        image[row, 0, top : top + entry["h"], left : left + entry["w"]] = torch.from_numpy(pixels.astype(np.float32) / 255)
        mask[row, : (top + entry["h"] + 7) // 8, : (left + entry["w"] + 7) // 8] = 1
        label = [START, *entry["l"], END]
        ids[row, : len(label)] = torch.tensor(label)
        printed[row] = 0.0 if entry["s"] == "hand" else 1.0
    if jitter:
        image = disturb(image)
    else:
        image = shrink(image)
    grid = F.interpolate(mask[:, None], size=(image.shape[2] // 8, image.shape[3] // 8), mode="nearest")[:, 0]
    return image, ids, grid.flatten(1), printed


def shrink(image):
    if SCALE == 1:
        return image
    size = [max(32, round(side * SCALE / 8) * 8) for side in image.shape[2:]]
    return F.interpolate(image, size=size, mode="bilinear", align_corners=False, antialias=True)


def disturb(image):
    """Cheap changes for a whole batch, so that a picture seen again is another picture."""
    if random.random() < 0.6:
        scale_y, scale_x = SCALE * random.uniform(0.85, 1.18), SCALE * random.uniform(0.85, 1.18)
        size = [max(32, round(side * scale / 8) * 8) for side, scale in ((image.shape[2], scale_y), (image.shape[3], scale_x))]
        image = F.interpolate(image, size=size, mode="bilinear", align_corners=False, antialias=True)
    else:
        image = shrink(image)
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
