"""Teaches the model which side of a picture is up, from what its finished encoder sees; nothing else changes.

Needs shards of turned pictures: `make-shards.ts --turned --only 6 --out data/turned`.
"""

import argparse
import json
import random

import torch
from torch.nn import functional as F

from data import Shards, make_batches
from model import Recogniser

parser = argparse.ArgumentParser()
parser.add_argument("--weights", default="runs/main/average.pt", help="read, and written with the new part")
parser.add_argument("--shards", default="data/turned")
parser.add_argument("--looks", type=int, default=3, help="how often each picture is seen, a little changed")
parser.add_argument("--epochs", type=int, default=16)
options = parser.parse_args()

with open(f"{options.shards}/vocabulary.json") as file:
    vocabulary = json.load(file)
model = Recogniser(len(vocabulary)).to(memory_format=torch.channels_last)
weights = torch.load(options.weights)
model.load_state_dict(weights, strict=False)
model.eval()
torch.manual_seed(1)


@torch.no_grad()
def see(samples, jitter: bool):
    """What the encoder sees of all pictures, batch by batch: cells (B S 2W, half precision), mask (B S) and side (B)."""
    seen = []
    for image, _, mask, *_, entries in make_batches(samples, jitter):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            memory, _, features = model.look(image.contiguous(memory_format=torch.channels_last), (1.0 - mask)[:, None, None] * -1e4)
        seen.append((torch.cat([memory, features], 2).bfloat16(), mask, torch.tensor([entry["r"] // 90 for entry in entries])))
    return seen


samples = Shards(options.shards, keep=True).load(1000, 10_000)
kept = samples[: len(samples) // 10]
seen = [batch for _ in range(options.looks) for batch in see(samples[len(kept) :], True)]
tests = see(kept, False)
print(f"{len(samples)} pictures, {len(kept)} of them only for testing", flush=True)

optimiser = torch.optim.AdamW(model.side.parameters(), lr=1, weight_decay=0.05)
for epoch in range(options.epochs):
    for group in optimiser.param_groups:
        group["lr"] = 2e-3 * (1 - epoch / options.epochs)
    random.shuffle(seen)
    for cells, mask, sides in seen:
        loss = F.cross_entropy(model.judge_side(F.dropout(cells.float(), 0.1), mask), sides, label_smoothing=0.02)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    if epoch % 4 == 3:
        with torch.no_grad():
            right = torch.cat([(model.judge_side(cells.float(), mask).argmax(1) == sides).float() for cells, mask, sides in tests])
        side_of = torch.cat([sides for *_, sides in tests])
        print(f"epoch {epoch + 1}: loss {loss.item():.3f}, right {right.mean():.3f} {[round(right[side_of == at].mean().item(), 3) for at in range(4)]}", flush=True)

weights.update({f"side.{name}": value for name, value in model.side.state_dict().items()})
torch.save(weights, options.weights)
