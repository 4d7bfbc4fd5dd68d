"""Teaches the model which side of a picture is up, from what its finished encoder sees; nothing else changes.

Needs shards of turned pictures: `make-shards.ts --turned --only 7 --out data/turned`.
"""

import argparse
import json

import torch
from torch.nn import functional as F

from data import Shards, make_batches
from model import Recogniser

parser = argparse.ArgumentParser()
parser.add_argument("--weights", default="runs/main/average.pt", help="read, and written with the new part")
parser.add_argument("--shards", default="data/turned")
parser.add_argument("--looks", type=int, default=3, help="how often each picture is seen, a little changed")
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
    """Summaries (N 4W) and sides (N) of all pictures, in some order."""
    summaries, sides = [], []
    for image, _, mask, *_, entries in make_batches(samples, jitter):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            memory, _, features = model.look(image.contiguous(memory_format=torch.channels_last), (1.0 - mask)[:, None, None] * -1e4)
        summaries.append(model.summarise(memory.float(), features.float(), mask))
        sides += [entry["r"] // 90 for entry in entries]
    return torch.cat(summaries), torch.tensor(sides)


samples = Shards(options.shards, keep=True).load(1000, 10_000)
kept = samples[: len(samples) // 10]
seen = [see(samples[len(kept) :], True) for _ in range(options.looks)]
inputs, targets = torch.cat([one[0] for one in seen]), torch.cat([one[1] for one in seen])
test_inputs, test_targets = see(kept, False)
print(f"{len(samples)} pictures, {len(kept)} of them only for testing", flush=True)

mean, spread = inputs.mean(0), inputs.std(0) + 1e-4
side = model.side
optimiser = torch.optim.AdamW(side.parameters(), lr=2e-3, weight_decay=0.05)
epochs = 40
for epoch in range(epochs):
    for group in optimiser.param_groups:
        group["lr"] = 2e-3 * (1 - epoch / epochs)
    for chosen in torch.randperm(len(inputs)).split(256):
        noisy = F.dropout((inputs[chosen] - mean) / spread, 0.2)
        loss = F.cross_entropy(side(noisy), targets[chosen])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    if epoch % 8 == 7:
        with torch.no_grad():
            logits = side((test_inputs - mean) / spread)
        right = (logits.argmax(1) == test_targets).float()
        print(f"epoch {epoch + 1}: loss {F.cross_entropy(logits, test_targets):.3f}, right {right.mean():.3f} {[round(right[test_targets == at].mean().item(), 3) for at in range(4)]}", flush=True)

# The summaries are not normalised where the model runs: the first layer takes that in.
with torch.no_grad():
    side[0].bias -= side[0].weight @ (mean / spread)
    side[0].weight /= spread
weights.update({f"side.{name}": value for name, value in side.state_dict().items()})
torch.save(weights, options.weights)
