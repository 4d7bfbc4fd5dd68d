"""Trains the spotter, on shards of make-sign-shards.ts, on pictures composed from a pack of pack-signs.ts, or on both.

Can be stopped at any time and continued from its last checkpoint (`last.pt`). The rate falls to zero over `--minutes`. What is used afterwards is the moving
average of the weights, which is also written by itself (`average.pt`, float16, under 16 MiB).

On a graphics card, for ten minutes:
    python3 train_spotter.py --device cuda --pack data/pack --composed 1 --pixels 6000000 --rate 3e-3 --minutes 10
"""

import argparse
import copy
import json
import os
import random
import signal
import time

import numpy as np
import torch

from compose import compose
from eval_spotter import measure
from spot_data import SignShards, make_batches
from spot_loss import measure_loss
from spot_pack import Pack
from spotter import Spotter

parser = argparse.ArgumentParser()
parser.add_argument("--shards", default="data/sign-shards")
parser.add_argument("--pack", help="folder that pack-signs.ts wrote")
parser.add_argument("--composed", type=float, default=0.5, help="share of the batches that are composed from the pack")
parser.add_argument("--pixels", type=int, default=300_000, help="pixels of a composed batch")
parser.add_argument("--hands", type=int, help="so many of the pack's written signs are enough (to begin sooner)")
parser.add_argument("--held-out", default="data/sign-held-out")
parser.add_argument("--run", default="runs/spotter")
parser.add_argument("--weights", default="../engine/model", help="where to start: a folder with spotter.onnx or with the released model, or average.pt of an earlier run")
parser.add_argument("--rate", type=float, default=1.2e-3)
parser.add_argument("--keep", action="store_true", help="leave the shards that have been used often for others")
parser.add_argument("--scale", type=float, default=1.0, help="how much larger than usual composed and held-out pictures are looked at")
parser.add_argument("--shard-scale", type=float, help="the same for the pictures of shards, where another (shards drawn with --glyph)")
parser.add_argument("--pool", type=int, default=4, help="shards mixed at a time")
parser.add_argument("--minutes", type=float, default=60)
parser.add_argument("--check-every", type=float, default=12, help="minutes between measurements of held-out pictures")
parser.add_argument("--device", default="cpu")
parser.add_argument("--threads", type=int, default=1)
options = parser.parse_args()
if options.shard_scale is None:
    options.shard_scale = options.scale

begin = time.time()
torch.set_num_threads(options.threads)
device = torch.device(options.device)
os.makedirs(options.run, exist_ok=True)
pack = Pack(options.pack, device, options.hands) if options.pack else None
if pack:
    vocabulary = pack.vocabulary
    print(f"{len(pack.counts)} layouts and {len(pack.distances)} written signs ready after {time.time() - begin:.0f} s", flush=True)
else:
    options.composed = 0
    with open(f"{options.shards}/vocabulary.json") as file:
        vocabulary = json.load(file)
model = Spotter(len(vocabulary))
state = {"step": 0, "seen": 0, "spent": 0.0}
checkpoint = f"{options.run}/last.pt"
saved = torch.load(checkpoint, map_location="cpu") if os.path.exists(checkpoint) else None
if saved is None:
    model.begin(options.weights)
model = model.to(device).to(memory_format=torch.channels_last)
average = copy.deepcopy(model).eval()
known = ("stem.", "project.")
groups = [
    {"params": [p for name, p in model.named_parameters() if name.startswith(known)], "scale": 0.6},
    {"params": [p for name, p in model.named_parameters() if not name.startswith(known)], "scale": 1.0},
]
optimiser = torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.98), eps=1e-8, weight_decay=0.01)
if saved is not None:
    model.load_state_dict(saved["model"])
    average.load_state_dict(saved["average"])
    optimiser.load_state_dict(saved["optimiser"])
    state = saved["state"]
print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters, {state}", flush=True)


def save():
    torch.save({"model": model.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(), "state": state}, checkpoint + ".new")
    os.replace(checkpoint + ".new", checkpoint)
    halves = {name: value.half().cpu() if value.is_floating_point() else value.cpu() for name, value in average.state_dict().items()}
    torch.save(halves, f"{options.run}/average.pt.new")
    os.replace(f"{options.run}/average.pt.new", f"{options.run}/average.pt")


@torch.no_grad()
def update_average():
    decay = min(0.998, (1 + state["step"]) / (20 + state["step"]))
    for mean, value in zip(average.state_dict().values(), model.state_dict().values()):
        if mean.is_floating_point():
            mean.mul_(decay).add_(value, alpha=1 - decay)
        else:
            mean.copy_(value)


def read_shards():
    shards = SignShards(options.shards, keep=options.keep)
    while True:
        for image, signs, _ in make_batches(shards.load(options.pool), True, options.shard_scale):
            yield image.to(device), signs


def draw_batches():
    """Composed pictures and those of shards, mixed."""
    shards, numbers = read_shards(), np.random.default_rng()
    while True:
        if pack and random.random() < options.composed:
            yield compose(pack, pack.draw_batch(options.pixels / options.scale**2, numbers), device, numbers, options.scale)
        else:
            yield next(shards)


def check() -> str:
    return measure(average, options.held_out, options.scale) if os.path.isdir(options.held_out) else ""


def stop(*_):
    """Ends the run at the next step, with a checkpoint."""
    global running
    running = False


signal.signal(signal.SIGTERM, stop)
running = True
last_print = last_save = last_check = last_step = time.time()
totals, counted, pictures = torch.zeros(4), 0, 0
for image, signs in draw_batches():
    left = 1 - state["spent"] / (60 * options.minutes)
    if left <= 0 or not running:
        break
    for group in optimiser.param_groups:
        group["lr"] = options.rate * min(1.0, (state["step"] + 1) / 100, 1.6 * left) * group["scale"]
    model.train()
    parts = torch.stack(measure_loss(model, image, signs))
    loss = (parts * torch.tensor([1, 1, 1, 0.5], device=device)).sum()
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
    optimiser.step()
    update_average()
    now = time.time()
    state["step"] += 1
    state["seen"] += len(image)
    state["spent"] += now - last_step
    last_step = now
    totals = totals + parts.detach().cpu()
    counted += 1
    pictures += len(image)
    if now - last_print > 30:
        means = " ".join(f"{total:.4f}" for total in (totals / counted).tolist())
        print(f"step {state['step']} seen {state['seen']} spent {state['spent'] / 60:.1f} min, found/reached/named/styled {means}, {pictures / (now - last_print):.1f} pictures/s", flush=True)
        totals, counted, pictures, last_print = torch.zeros(4), 0, 0, now
    if now - last_save > 240:
        save()
        last_save = now
    if now - last_check > 60 * options.check_every:
        print(check(), flush=True)
        last_check = last_step = time.time()
save()
print(check(), flush=True)
