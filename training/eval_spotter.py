"""How many signs the spotter finds in held-out pictures (`make-sign-shards.ts --held-out`), by kind of picture.

A sign counts as found when a box with an overlap (intersection over union) of at least one half has its token. A picture counts as right when all of
its signs are found and nothing else is. Signs that look the same (`looks_like`) count as each other.
"""

import argparse
import json

import torch

from spot_data import SignShards, make_batches
from spotter import Spotter, decode, overlaps

# What only the context tells: a bar's role, an accent's width, a multiplication dot and a full stop.
ALIKE = [
    ["\\hat", "\\widehat"],
    ["\\tilde", "\\widetilde"],
    ["\\vec", "\\rightarrow"],
    ["\\overline", "\\bar", "\\frac", "\\underline", "-", "\\hline"],
    ["\\cdot", ".", "\\dot"],
    ["\\triangle", "\\Delta"],
    ["\\parallel", "\\|"],
    ["\\perp", "\\bot"],
    ["\\in", "\\epsilon"],
    ["\\sum", "\\Sigma"],
    ["\\prod", "\\Pi"],
    ["\\prime", "'"],
]


@torch.no_grad()
def spot(model: Spotter, image, threshold: float = 0.35):
    """Boxes (N 4), tokens (N), probabilities of a sign (N) for each picture of a batch."""
    device = model.presence.weight.device
    with torch.autocast(device.type, dtype=torch.bfloat16):
        presence, reach, mixed, coarse = model.look(image.to(device).contiguous(memory_format=torch.channels_last))
        found = []
        for at in range(len(image)):
            places, boxes, shares = decode(presence[at, 0].float(), reach[at].float(), threshold)
            at_cells = torch.cat([torch.full((len(places), 1), at, device=device), places], 1)
            names = model.name(model.gather(mixed, coarse, at_cells)).float()
            tokens = names.argmax(1) if len(names) else torch.zeros(0, dtype=torch.long)
            found.append((boxes.cpu(), tokens.cpu(), shares.cpu()))
    return found


def measure(model: Spotter, folder: str, scale: float = 1.0, limit: int = 100_000, threshold: float = 0.35) -> str:
    model.eval()
    with open(f"{folder}/vocabulary.json") as file:
        vocabulary = json.load(file)
    alike = list(range(len(vocabulary)))
    for group in ALIKE:
        for token in group:
            alike[vocabulary.index(token)] = vocabulary.index(group[0])
    alike = torch.tensor(alike)
    counts: dict[str, list[int]] = {}
    samples = SignShards(folder, keep=True).load(100)[:limit]
    for image, signs, entries in make_batches(samples, False, scale):
        for at, (boxes, tokens, _) in enumerate(spot(model, image, threshold)):
            truth = signs[signs[:, 0] == at]
            kind = f"{entries[at]['s']} {'photo' if entries[at]['p'] else 'clean'}"
            tally = counts.setdefault(kind, [0] * 7)
            true_tokens = truth[:, 1].long()
            near = overlaps(truth[:, 3:7], boxes) >= 0.5
            same = true_tokens[:, None] == tokens[None]
            equal = alike[true_tokens][:, None] == alike[tokens][None]
            right, right_alike = (near & same).any(1), (near & equal).any(1)
            is_whole = bool(right_alike.all()) and len(boxes) == len(truth)
            values = [len(truth), len(boxes), int(right.sum()), int((near & same).any(0).sum()), int(right_alike.sum()), 1, int(is_whole)]
            for place, value in enumerate(values):
                tally[place] += value
    lines = []
    for kind, (true, found, recalled, precise, alike_right, pictures, whole) in sorted(counts.items()):
        lines.append(
            f"{kind:14} {pictures:4} pictures: recall {recalled / max(1, true):.3f} (alike {alike_right / max(1, true):.3f}) precision {precise / max(1, found):.3f}, all signs right {whole / pictures:.3f}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", default="runs/spotter/average.pt")
    parser.add_argument("--shards", default="data/sign-held-out")
    parser.add_argument("--threshold", type=float, default=0.35)
    options = parser.parse_args()
    torch.set_num_threads(1)
    with open(f"{options.shards}/vocabulary.json") as file:
        model = Spotter(len(json.load(file)))
    model.begin(options.weights)
    print(measure(model.to(memory_format=torch.channels_last), options.shards, threshold=options.threshold))
