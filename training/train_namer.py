"""Trains the namer on signs cut out of shards of make-sign-shards.ts. Can be stopped at any time and continued from its last checkpoint (`last.pt`).

The rate falls to zero over `--minutes`. What is used afterwards is the moving average of the weights (`average.pt`, float16).
"""

import argparse
import copy
import json
import os
import time

import numpy as np
import torch
from torch.nn import functional as F

from name_data import Cuts
from namer import Namer
from spot_data import IGNORED, SignShards
from released import read_tensors

parser = argparse.ArgumentParser()
parser.add_argument("--shards", default="data/sign-shards")
parser.add_argument("--held-out", default="data/sign-held-out")
parser.add_argument("--run", default="runs/namer")
parser.add_argument("--weights", help="where to begin: average.pt of an earlier run, or a folder with namer.onnx")
parser.add_argument("--pool", type=int, default=10, help="shards mixed at a time")
parser.add_argument("--batch", type=int, default=192)
parser.add_argument("--rate", type=float, default=2e-3)
parser.add_argument("--minutes", type=float, default=60)
parser.add_argument("--check-every", type=float, default=6, help="minutes between measurements of held-out signs")
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--device", default="cpu")
options = parser.parse_args()

torch.set_num_threads(options.threads)
device = torch.device(options.device)
os.makedirs(options.run, exist_ok=True)
with open(f"{options.held_out}/vocabulary.json") as file:
    vocabulary = json.load(file)
model = Namer(len(vocabulary)).to(device).to(memory_format=torch.channels_last)
if options.weights:
    state = torch.load(options.weights, map_location="cpu") if options.weights.endswith(".pt") else dict(read_tensors(f"{options.weights}/namer.onnx"))
    state = {name: value.float() if value.is_floating_point() else value for name, value in state.items()}
    # The file does not count the batches that were seen.
    model.load_state_dict({**model.state_dict(), **state})
average = copy.deepcopy(model).eval()
optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.02, betas=(0.9, 0.98))
state = {"step": 0, "seen": 0, "spent": 0.0}
checkpoint = f"{options.run}/last.pt"
if os.path.exists(checkpoint):
    saved = torch.load(checkpoint, map_location=device)
    model.load_state_dict(saved["model"])
    average.load_state_dict(saved["average"])
    optimiser.load_state_dict(saved["optimiser"])
    state = saved["state"]
random = np.random.default_rng(state["step"] + 23)
print(f"{sum(values.numel() for values in model.parameters())} parameters", flush=True)
held = Cuts(SignShards(options.held_out, keep=True).load(100), None)


def save():
    torch.save({"model": model.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(), "state": state}, checkpoint + ".new")
    os.replace(checkpoint + ".new", checkpoint)
    torch.save({name: value.half() if value.is_floating_point() else value for name, value in average.state_dict().items()}, f"{options.run}/average.pt")


@torch.no_grad()
def check() -> str:
    """Shares of held-out signs with the right name, the right alphabet and the right hand, by kind of picture."""
    good = {}
    for begin in range(0, len(held), 512):
        at = np.arange(begin, min(len(held), begin + 512))
        cuts, sizes, tokens, styles, written = (values.to(device) for values in held.batch(at, False))
        with torch.autocast(device.type, dtype=torch.bfloat16):
            names, alphabets, hands, _ = average(cuts.contiguous(memory_format=torch.channels_last), sizes)
        named, styled, asked = (names.argmax(1) == tokens).cpu().numpy(), (alphabets.argmax(1) == styles).cpu().numpy(), (styles != IGNORED).cpu().numpy()
        told = ((hands > 0) == (written > 0.5)).cpu().numpy()
        for kind in np.unique(held.kinds[at]):
            of = held.kinds[at] == kind
            one = good.setdefault(str(kind), np.zeros(5))
            one += [named[of].sum(), of.sum(), (styled & asked)[of].sum(), asked[of].sum(), told[of].sum()]
    return ", ".join(f"{kind} {named / count:.4f} {styled / max(1, asked):.4f} {told / count:.4f}" for kind, (named, count, styled, asked, told) in sorted(good.items()))


def draw_batches():
    shards = SignShards(options.shards, keep=True)
    while True:
        cuts = Cuts(shards.load(options.pool), random)
        order = random.choice(len(cuts), len(cuts), p=cuts.weigh())
        for begin in range(0, len(order) - options.batch + 1, options.batch):
            yield cuts.batch(order[begin : begin + options.batch], True)


begin, checked, losses = time.time() - state["spent"], time.time(), []
for batch in draw_batches():
    state["spent"] = time.time() - begin
    share = state["spent"] / (60 * options.minutes)
    if share >= 1:
        break
    for group in optimiser.param_groups:
        group["lr"] = options.rate * min(1, (state["step"] + 1) / 200) * (1 - share)
    cuts, sizes, tokens, styles, written = (values.to(device) for values in batch)
    model.train()
    with torch.autocast(device.type, dtype=torch.bfloat16):
        names, alphabets, hands, _ = model(cuts.contiguous(memory_format=torch.channels_last), sizes)
    loss = F.cross_entropy(names.float(), tokens) + 0.5 * F.cross_entropy(alphabets.float(), styles, ignore_index=IGNORED)
    loss = loss + 0.2 * F.binary_cross_entropy_with_logits(hands.float(), written)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    state["step"] += 1
    state["seen"] += len(tokens)
    decay = min(0.998, state["step"] / (state["step"] + 10))
    with torch.no_grad():
        for kept, fresh in zip(average.state_dict().values(), model.state_dict().values()):
            if kept.is_floating_point():
                kept.lerp_(fresh, 1 - decay)
            else:
                kept.copy_(fresh)
    losses.append((float(loss), float((names.argmax(1) == tokens).float().mean())))
    if state["step"] % 200 == 0:
        print(f"{state['spent'] / 60:5.1f} min {state['seen']:8d} signs loss {np.mean(losses[-200:], 0)}", flush=True)
    if time.time() - checked > 60 * options.check_every:
        checked = time.time()
        save()
        print(f"      held out: {check()}", flush=True)
save()
print(f"end: {state['seen']} signs, held out: {check()}", flush=True)
