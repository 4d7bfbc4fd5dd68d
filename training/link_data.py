"""Batches of layouts from the packs of make-layouts.ts, shaken as hands, cameras and the spotter shake them."""

import gzip
import json

import numpy as np
import torch

from linker import FEATURES
from look_alikes import find_look_alikes

SIGNS = 3200
"""Signs of a batch, with its padding."""


class Layouts:
    def __init__(self, *files: str):
        parts = [read(file) for file in files]
        self.names = parts[0][0]
        self.vocabulary = self.names["vocabulary"]
        self.counts, self.parents, self.tokens, self.boxes, self.styles, self.spellings, self.relations = (
            np.concatenate([part[1][at] for part in parts]) for at in range(7)
        )
        self.starts = np.concatenate([[0], self.counts.cumsum()])

    def __len__(self):
        return len(self.counts)

    def pick(self, at: int, random: np.random.Generator, shakes: bool):
        own = slice(self.starts[at], self.starts[at + 1])
        entry = {
            "token": self.tokens[own].copy(),
            "style": self.styles[own].copy(),
            "spelling": self.spellings[own].copy(),
            "parent": self.parents[own].copy(),
            "relation": self.relations[own].copy(),
            "box": self.boxes[own].copy(),
        }
        # The first sign has no relation.
        entry["relation"][entry["parent"] < 0] = -1
        if not shakes:
            return entry
        entry["box"] = shake(entry["box"], random)
        if random.random() < 0.1:
            entry = drop_leaf(entry, random)
        if random.random() < 0.12:
            entry = add_stray(entry, random)
        return shuffle(entry, random)


def read(file: str):
    with open(file.replace(".bin.gz", ".json")) as text:
        names = json.load(text)
    data = gzip.open(file).read()
    layouts, signs = names["layouts"], names["signs"]
    arrays, at = [], 0
    for kind, count in [("<u2", layouts), ("<i2", signs), ("<u2", signs), ("<i2", 4 * signs), ("u1", signs), ("u1", signs), ("u1", signs)]:
        array = np.frombuffer(data, kind, count, at)
        at += array.nbytes
        arrays.append(array.astype(np.int64))
    arrays[3] = arrays[3].reshape(-1, 4).astype(np.float32)
    return names, arrays


OFFERS = 8
UNKNOWN = 255


class Spotted:
    """What a spotter found, of make-spotted.ts, with the true tree. Parents: own place for strays, -1 for the first sign, -2 where nobody can tell."""

    def __init__(self, *files: str):
        parts = [read_spotted(file) for file in files]
        keys = ["counts", "parents", "tokens", "boxes", "spellings", "relations", "offers", "shares", "styles", "features"]
        for at, key in enumerate(keys):
            setattr(self, key, np.concatenate([part[at] for part in parts]))
        self.starts = np.concatenate([[0], self.counts.cumsum()])

    def __len__(self):
        return len(self.counts)

    def pick(self, at: int, random: np.random.Generator, shakes: bool):
        own = slice(self.starts[at], self.starts[at + 1])
        spelling, relation = self.spellings[own], self.relations[own]
        entry = {
            "token": self.tokens[own],
            "spelling": np.where(spelling == UNKNOWN, -1, spelling),
            "parent": self.parents[own],
            "relation": np.where(relation == UNKNOWN, -1, relation),
            "box": shake(self.boxes[own], random) if shakes else self.boxes[own],
            "offers": self.offers[own],
            "shares": self.shares[own],
            "styles": self.styles[own],
            "features": self.features[own],
        }
        return shuffle(entry, random) if shakes else entry


def read_spotted(file: str):
    data = gzip.open(file).read()
    layouts, signs = np.frombuffer(data, "<u4", 2)
    arrays, at = [], 8
    sizes = [layouts, signs, signs, 4 * signs, signs, signs, OFFERS * signs, OFFERS * signs, 8 * signs, FEATURES * signs]
    for kind, count in zip(["<u2", "<i2", "<u2", "<i2", "u1", "u1", "<u2", "<u2", "u1", "i1"], sizes):
        array = np.frombuffer(data, kind, int(count), at)
        at += array.nbytes
        arrays.append(array if kind == "i1" else array.astype(np.int64))
    arrays[3] = arrays[3].reshape(-1, 4).astype(np.float32)
    arrays[6] = arrays[6].reshape(-1, OFFERS)
    arrays[7] = (arrays[7].reshape(-1, OFFERS) / 65535).astype(np.float32)
    arrays[8] = (arrays[8].reshape(-1, 8) / 255).astype(np.float32)
    arrays[9] = arrays[9].reshape(-1, FEATURES)
    return arrays


def make_batches(layouts: Layouts | Spotted, random: np.random.Generator, shakes: bool):
    """Dictionaries of tensors, layouts of like numbers of signs together."""
    order = random.permutation(len(layouts)) if shakes else np.arange(len(layouts))
    for chunk in np.array_split(order, max(1, len(order) // 4096)):
        chunk = chunk[np.argsort(layouts.counts[chunk], kind="stable")]
        batches, begin = [], 0
        for end in range(1, len(chunk) + 1):
            longest = layouts.counts[chunk[min(end, len(chunk) - 1)]] + 2
            # What pairs of signs cost grows with the square.
            if end == len(chunk) or (end + 1 - begin) * longest * (1 + longest / 60) > 1.6 * SIGNS:
                batches.append(chunk[begin:end])
                begin = end
        if shakes:
            random.shuffle(batches)
        for batch in batches:
            yield collate(layouts, batch, random, shakes)


def collate(layouts: Layouts, batch, random: np.random.Generator, shakes: bool):
    lists = [layouts.pick(int(at), random, shakes) for at in batch]
    longest = max(len(entry["token"]) for entry in lists)
    output = {}
    for key, first in lists[0].items():
        fill = -1 if key in ("spelling", "parent", "relation") else 0
        array = np.full((len(lists), longest, *first.shape[1:]), fill, dtype=first.dtype)
        for place, entry in enumerate(lists):
            array[place, : len(entry[key])] = entry[key]
        output[key] = torch.from_numpy(array)
    real = np.zeros((len(lists), longest), dtype=bool)
    for place, entry in enumerate(lists):
        real[place, : len(entry["token"])] = True
    output["real"] = torch.from_numpy(real)
    parents = output["parent"]
    # -1 is the first sign of all: its parent is the place behind the last. What nobody can tell (-2) is not asked.
    output["parent"] = torch.where(output["real"], torch.where(parents == -1, torch.full_like(parents, longest), parents.clamp(min=-1)), torch.full_like(parents, -1))
    return output


def shuffle(entry, random: np.random.Generator):
    order = random.permutation(len(entry["token"]))
    back = np.argsort(order)
    parents = entry["parent"][order]
    entry = {key: values[order] for key, values in entry.items()}
    entry["parent"] = np.where(parents < 0, parents, back[parents.clip(0)])
    return entry


def shake(boxes, random: np.random.Generator):
    unit = np.median(np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])) + 1
    amount = unit * 0.06 * random.random() ** 2
    moved = boxes + random.normal(0, 1, boxes.shape).astype(np.float32) * amount
    if random.random() < 0.4:
        stretch = 1 + random.normal(0, 0.08)
        moved[:, 0::2] *= stretch
        middle = (moved[:, 0:1] + moved[:, 2:3]) / 2
        moved[:, 1::2] += middle * random.normal(0, 0.012)
    moved[:, 2:] = np.maximum(moved[:, 2:], moved[:, :2] + 1)
    return moved.astype(np.float32)


def drop_leaf(entry, random: np.random.Generator):
    """Without one sign that nothing hangs on."""
    leaves = np.setdiff1d(np.arange(len(entry["token"])), entry["parent"])
    leaves = leaves[entry["parent"][leaves] >= 0]
    if len(leaves) == 0:
        return entry
    lost = random.choice(leaves)
    kept = {key: np.delete(values, lost, 0) for key, values in entry.items()}
    kept["parent"] = kept["parent"] - (kept["parent"] > lost)
    return kept


def add_stray(entry, random: np.random.Generator):
    """With a sign that is none: a second look at one, or a part of it. Its parent is itself."""
    box = entry["box"][random.integers(len(entry["box"]))].copy()
    size = np.array([box[2] - box[0], box[3] - box[1]])
    if random.random() < 0.5:
        cut = random.random(4) * 0.35 * np.concatenate([size, -size])
        box = box + cut
    else:
        box = box + np.tile(random.normal(0, 0.6, 2) * size, 2)
    known = entry["token"]
    stray = {
        "token": random.choice(known) if random.random() < 0.6 else random.integers(3, known.max() + 1),
        "style": random.integers(8) if random.random() < 0.3 else random.choice(entry["style"]),
        "spelling": -1,
        "parent": len(known),
        "relation": -1,
        "box": box.astype(np.float32)[None],
    }
    return {key: np.concatenate([values, np.atleast_1d(stray[key]) if key != "box" else stray[key]]) for key, values in entry.items()}


class Confuser:
    """Makes the soft names that a spotter gives: mostly sure and right, sometimes torn between signs that look alike, sometimes wrong."""

    def __init__(self, vocabulary: list[str]):
        groups = find_look_alikes(vocabulary)
        width = max(len(group) for group in groups)
        self.table = torch.tensor([(group * width)[:width] for group in groups])

    def mix(self, names, token, torn: float = 0.14):
        """names: embeddings; token: B N. Returns B N WIDTH."""
        other = self.table[token, torch.randint(self.table.shape[1], token.shape)]
        anything = torch.randint(3, len(self.table), token.shape)
        other = torch.where(torch.rand(token.shape) < 0.08, anything, other)
        share = torch.rand(token.shape)
        share = torch.where(torch.rand(token.shape) < torn, share, torch.rand(token.shape) * 0.04)[..., None]
        return names[token] * (1 - share) + names[other] * share


def soften_styles(style, count: int):
    """Shares of alphabets as a spotter gives them. style: B N. Returns B N count."""
    sure = torch.nn.functional.one_hot(style, count).float()
    other = torch.nn.functional.one_hot(torch.randint(count, style.shape), count).float()
    share = torch.where(torch.rand(style.shape) < 0.1, torch.rand(style.shape), torch.rand(style.shape) * 0.04)[..., None]
    return sure * (1 - share) + other * share
