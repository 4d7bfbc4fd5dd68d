"""Batches for the spotter from the shards that make-sign-shards.ts writes."""

import json
import os
import random
import time

import numpy as np
import torch

from data import disturb, group_by_size, shrink
from spotter import STRIDE

REUSES = 6
SIGN = 8
IGNORED = -100
# Of 255; what is fainter nobody sees.
FAINTEST = 50
# How quickly the penalty for a cell beside an anchor grows, in cells.
SPREAD = 0.6


class SignShards:
    """Reads shards, fresh ones first, and deletes what has been used often enough."""

    def __init__(self, folder: str, keep: bool = False):
        self.folder, self.keep = folder, keep
        self.uses: dict[str, int] = {}

    def load(self, count: int):
        while True:
            names = sorted(name[:-5] for name in os.listdir(self.folder) if name.endswith(".json") and name[0].isdigit())
            if names:
                break
            time.sleep(2)
        random.shuffle(names)
        names.sort(key=lambda name: self.uses.get(name, 0))
        samples = []
        for name in names[:count]:
            with open(f"{self.folder}/{name}.json") as file:
                entries = json.load(file)
            pixels = np.fromfile(f"{self.folder}/{name}.bin", dtype=np.uint8)
            samples += [(pixels[e["o"] : e["o"] + e["w"] * e["h"]].reshape(e["h"], e["w"]), e) for e in entries]
            self.uses[name] = self.uses.get(name, 0) + 1
            if self.uses[name] >= REUSES and not self.keep and len(names) > count:
                os.remove(f"{self.folder}/{name}.json")
                os.remove(f"{self.folder}/{name}.bin")
                self.uses.pop(name)
        return samples


def make_batches(samples, jitter: bool, scale: float = 1.0):
    """scale: how much larger than drawn the pictures are looked at."""
    groups = group_by_size(samples, jitter, 1 / scale**2)
    if jitter:
        random.shuffle(groups)
    for group in groups:
        yield collate(group, jitter, scale)


def shows_ink(pixels, box) -> bool:
    """Whether anything is left of a sign: the camera and the cleaning of the paper lose some. box: left, top, right, bottom in pixels."""
    left, top, right, bottom = (max(0, int(side)) for side in box)
    return bool((pixels[top : bottom + 1, left : right + 1] > FAINTEST).any())


def collate(group, jitter: bool, scale: float):
    """Returns images (B 1 H W), signs (N SIGN: picture, token, style, left, top, right, bottom in pixels, free), anchors (N 2, pixels) and what the shards say of each."""
    slack = 8 if jitter else 0
    height = -(-(max(s[1]["h"] for s in group) + slack) // 8) * 8
    width = -(-(max(s[1]["w"] for s in group) + slack) // 8) * 8
    image = torch.zeros(len(group), 1, height, width)
    rows = []
    for at, (pixels, entry) in enumerate(group):
        top, left = random.randint(0, slack), random.randint(0, slack)
        image[at, 0, top : top + entry["h"], left : left + entry["w"]] = torch.from_numpy(pixels.astype(np.float32) / 255)
        signs = np.asarray(entry["b"], dtype=np.float32).reshape(-1, SIGN)
        signs = signs[[shows_ink(pixels, box) for box in signs[:, 2:6] / 4]]
        places = signs[:, 2:] / 4 + np.asarray([left, top] * 3, dtype=np.float32)
        # Nobody sees whether handwriting leans for the sake of meaning.
        styles = np.where((signs[:, 1] < 2) & (entry["s"] in ("hand", "written")), IGNORED, signs[:, 1])
        rows.append(np.concatenate([np.full((len(signs), 1), at), signs[:, :1], styles[:, None], places], 1))
    signs = torch.from_numpy(np.concatenate(rows).astype(np.float32))
    image = disturb(image, scale) if jitter else shrink(image, scale)
    stretch = torch.tensor([image.shape[3] / width, image.shape[2] / height])
    signs[:, 3:] *= stretch.repeat(3)
    return image, signs, [entry for _, entry in group]


def make_targets(signs, rows: int, columns: int, pictures: int):
    """What the heads should say. Returns
    presence (B rows columns): 1 at anchors, else minus the weight of a mistake there;
    places (N 3) of the anchors that a cell of their own could be given to, with tokens (N) and styles (N);
    beside (M 3) cells at anchors and next to them, with the reaches (M 4) to be told there and the weight of each (M)."""
    presence = torch.full((pictures, rows, columns), -1.0)
    cells = (signs[:, 7:9] / STRIDE).floor().long()
    cells[:, 0].clamp_(0, columns - 1)
    cells[:, 1].clamp_(0, rows - 1)
    size = (signs[:, 5] - signs[:, 3]) * (signs[:, 6] - signs[:, 4])
    taken: dict[tuple[int, int, int], int] = {}
    # Of two signs in one cell the smaller one has it.
    for at in size.argsort(descending=True).tolist():
        taken[(int(signs[at, 0]), int(cells[at, 1]), int(cells[at, 0]))] = at
    chosen = torch.tensor(sorted(taken.values()), dtype=torch.long)
    signs, cells = signs[chosen], cells[chosen]
    places = torch.stack([signs[:, 0].long(), cells[:, 1], cells[:, 0]], 1)
    beside, owners, weights = [places], [torch.arange(len(places))], [torch.ones(len(places))]
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            if down == 0 and right == 0:
                continue
            near = places + torch.tensor([0, down, right])
            inside = ((near[:, 1] >= 0) & (near[:, 1] < rows) & (near[:, 2] >= 0) & (near[:, 2] < columns)).nonzero()[:, 0]
            near = near[inside]
            weight = -((1 - torch.exp(torch.tensor(-(down**2 + right**2) / (2 * SPREAD**2)))) ** 4)
            at = (near[:, 0], near[:, 1], near[:, 2])
            presence[at] = torch.maximum(presence[at], weight.expand(len(near)))
            if down == 0 or right == 0:
                beside.append(near)
                owners.append(inside)
                weights.append(torch.full((len(near),), 0.25))
    presence[places[:, 0], places[:, 1], places[:, 2]] = 1.0
    beside, owner, weight = torch.cat(beside), torch.cat(owners), torch.cat(weights)
    weight[len(places) :] *= (presence[beside[len(places) :, 0], beside[len(places) :, 1], beside[len(places) :, 2]] < 1).float()
    middle = beside[:, 1:].float() * STRIDE + STRIDE / 2
    boxes = signs[owner, 3:7]
    apart = torch.stack([middle[:, 1] - boxes[:, 0], middle[:, 0] - boxes[:, 1], boxes[:, 2] - middle[:, 1], boxes[:, 3] - middle[:, 0]], 1)
    weight = weight * (apart > -2).all(1)
    return presence, places, signs[:, 1].long(), signs[:, 2].long(), beside, torch.log1p(apart.clamp(min=0)), weight
