"""Trains the spotter on the shards of make-sign-shards.ts; can be stopped at any time and continued from its last checkpoint.

The rate falls to zero over `--minutes`. What is used afterwards is the moving average of the weights.
"""

import argparse
import copy
import json
import os
import signal
import time

import torch
from torch.nn import functional as F

from eval_spotter import measure
from released import load_released
from spot_data import IGNORED, SignShards, make_batches, make_targets
from spotter import STRIDE, Spotter

parser = argparse.ArgumentParser()
parser.add_argument("--shards", default="data/sign-shards")
parser.add_argument("--held-out", default="data/sign-held-out")
parser.add_argument("--run", default="runs/spotter")
parser.add_argument("--weights", default="../engine/model", help="folder with the released model whose convolutions are the start")
parser.add_argument("--rate", type=float, default=1.2e-3)
parser.add_argument("--pool", type=int, default=4, help="shards mixed at a time")
parser.add_argument("--minutes", type=float, default=60)
parser.add_argument("--check-every", type=float, default=12, help="minutes between measurements of held-out pictures")
parser.add_argument("--threads", type=int, default=1)
options = parser.parse_args()

torch.set_num_threads(options.threads)
os.makedirs(options.run, exist_ok=True)
with open(f"{options.shards}/vocabulary.json") as file:
    vocabulary = json.load(file)
model = Spotter(len(vocabulary))
state = {"step": 0, "seen": 0, "spent": 0.0}
checkpoint = f"{options.run}/last.pt"
saved = torch.load(checkpoint) if os.path.exists(checkpoint) else None
if saved is None:
    model.begin_from(load_released(options.weights))
model = model.to(memory_format=torch.channels_last)
average = copy.deepcopy(model).eval()
known = ("stem.", "project.")
groups = [
    {"params": [p for name, p in model.named_parameters() if name.startswith(known)], "scale": 0.35},
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


@torch.no_grad()
def update_average():
    decay = min(0.998, (1 + state["step"]) / (20 + state["step"]))
    for mean, value in zip(average.state_dict().values(), model.state_dict().values()):
        if mean.is_floating_point():
            mean.mul_(decay).add_(value, alpha=1 - decay)
        else:
            mean.copy_(value)


def measure_loss(image, signs, entries):
    rows, columns = image.shape[2] // STRIDE, image.shape[3] // STRIDE
    wanted, places, tokens, styles, beside, reaches, weights = make_targets(signs, rows, columns, len(image))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        presence, reach, names, style = model(image.contiguous(memory_format=torch.channels_last), places)
    presence, reach = presence.float()[:, 0], reach.float()
    share = torch.sigmoid(presence)
    here = (wanted == 1).float()
    gain = F.logsigmoid(presence) * (1 - share) ** 2 * here
    loss_elsewhere = F.logsigmoid(-presence) * share**2 * (1 - here) * wanted.abs()
    count = max(1.0, here.sum().item())
    found = -(gain.sum() + loss_elsewhere.sum()) / count
    told = reach[beside[:, 0], :, beside[:, 1], beside[:, 2]]
    reached = (F.smooth_l1_loss(told, reaches, beta=0.05, reduction="none").sum(1) * weights).sum() / count
    if len(tokens) == 0:
        return found, reached, names.float().sum() * 0, style.float().sum() * 0
    named = F.cross_entropy(names.float(), tokens, label_smoothing=0.02)
    styled = F.cross_entropy(style.float(), styles, ignore_index=IGNORED) if (styles != IGNORED).any() else style.float().sum() * 0
    return found, reached, named, styled


def stop(*_):
    """Ends the run at the next step, with a checkpoint."""
    global running
    running = False


signal.signal(signal.SIGTERM, stop)
shards = SignShards(options.shards)
running = True
last_print = last_save = last_check = last_step = time.time()
totals, counted, pictures = [0.0] * 4, 0, 0
while running:
    for image, signs, entries in make_batches(shards.load(options.pool), True):
        left = 1 - state["spent"] / (60 * options.minutes)
        if left <= 0 or not running:
            running = False
            break
        rate = options.rate * min(1.0, (state["step"] + 1) / 100, 1.6 * left)
        for group in optimiser.param_groups:
            group["lr"] = rate * group["scale"]
        model.train()
        parts = measure_loss(image, signs, entries)
        loss = parts[0] + parts[1] + parts[2] + 0.3 * parts[3]
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
        totals = [total + part.item() for total, part in zip(totals, parts)]
        counted += 1
        pictures += len(image)
        if now - last_print > 30:
            means = " ".join(f"{total / counted:.4f}" for total in totals)
            print(f"step {state['step']} seen {state['seen']} spent {state['spent'] / 60:.1f} min rate {rate:.1e} found/reached/named/styled {means}, {pictures / (now - last_print):.1f} pictures/s", flush=True)
            totals, counted, pictures, last_print = [0.0] * 4, 0, 0, now
        if now - last_save > 240:
            save()
            last_save = now
        if now - last_check > 60 * options.check_every and os.path.isdir(options.held_out):
            print(measure(average, options.held_out), flush=True)
            last_check = last_step = time.time()
save()
if os.path.isdir(options.held_out):
    print(measure(average, options.held_out), flush=True)
