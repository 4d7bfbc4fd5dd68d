"""Trains the recogniser on shards; can be stopped at any time and continued from its last checkpoint or from released weights.

Schedule: warm-up, constant rate for the first third of `--minutes`, then a linear fall to zero, after which the run ends; without
`--minutes` it goes on at a constant rate until it is stopped. The first half of a run of known length (`--small`) looks at smaller
pictures, which costs a quarter less. The released weights are the moving average. Trainers that name each other as partners (one a core)
exchange their weights every few steps.
"""

import argparse
import copy
import json
import os
import signal
import time

import torch
from torch.nn import functional as F

from data import END, FULL_LENGTH_FROM, GLYPH_HEIGHT, PAD, SMALLER, START, Shards, limit_for, make_batches
from model import Recogniser
from partners import Partners
from released import grow, load_released

parser = argparse.ArgumentParser()
parser.add_argument("--shards", default="data/shards")
parser.add_argument("--held-out", default="data/held-out")
parser.add_argument("--run", default="runs/main")
parser.add_argument("--weights", help="folder with the released model, to start from when the run folder holds no checkpoint")
parser.add_argument("--seen", type=int, default=FULL_LENGTH_FROM, help="images behind those weights; by default they are through the curriculum")
parser.add_argument("--rate", type=float, default=1e-3)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--pool", type=int, default=6, help="shards mixed at a time")
parser.add_argument("--check-every", type=int, default=40_000)
parser.add_argument("--minutes", type=float, help="how long the run lasts")
parser.add_argument("--small", type=float, default=0.5, help="share of a run of known length, from its begin, that looks at smaller pictures")
parser.add_argument("--partners", nargs="*", default=[], help="run folders of the other trainers of this model")
options = parser.parse_args()

torch.set_num_threads(options.threads)
os.makedirs(options.run, exist_ok=True)
while not os.path.exists(f"{options.shards}/vocabulary.json"):
    time.sleep(1)
with open(f"{options.shards}/vocabulary.json") as file:
    vocabulary = json.load(file)

# Channels last: what oneDNN's bfloat16 convolutions are quick with (a third more images a second).
model = Recogniser(len(vocabulary)).to(memory_format=torch.channels_last)
average = copy.deepcopy(model).eval()
groups = [
    {"params": [p for p in model.parameters() if p.ndim > 1], "weight_decay": 0.02},
    {"params": [p for p in model.parameters() if p.ndim <= 1], "weight_decay": 0.0},
]
optimiser = torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.98), eps=1e-8)
state = {"step": 0, "seen": 0, "from": 0}
checkpoint_path = f"{options.run}/last.pt"
if os.path.exists(checkpoint_path):
    saved = torch.load(checkpoint_path)
    state = saved["state"]
    has_grown = grow(saved["model"], model)
    grow(saved["average"], model)
    fresh = model.load_state_dict(saved["model"], strict=False).missing_keys or has_grown
    average.load_state_dict(saved["average"], strict=False)
    if fresh:
        # New parts since the checkpoint: begin the optimiser again, with a warm-up.
        print(f"new: {fresh}", flush=True)
        state["from"] = state["step"]
    else:
        optimiser.load_state_dict(saved["optimiser"])
elif options.weights:
    released = load_released(options.weights)
    grow(released, model)
    left_out = model.load_state_dict(released, strict=False).missing_keys
    average.load_state_dict(released, strict=False)
    state["seen"] = options.seen
    print(f"from {options.weights}; not in it: {[name for name in left_out if not name.endswith('num_batches_tracked')]}", flush=True)
print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters, {state}", flush=True)


def save():
    torch.save({"model": model.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(), "state": state}, checkpoint_path + ".new")
    os.replace(checkpoint_path + ".new", checkpoint_path)
    torch.save(average.state_dict(), f"{options.run}/average.pt.new")
    os.replace(f"{options.run}/average.pt.new", f"{options.run}/average.pt")


@torch.no_grad()
def update_average():
    decay = min(0.998, (1 + state["step"]) / (20 + state["step"]))
    for mean, value in zip(average.state_dict().values(), model.state_dict().values()):
        if mean.is_floating_point():
            mean.mul_(decay).add_(value, alpha=1 - decay)
        else:
            mean.copy_(value)


def measure_loss(image, ids, mask, printed, places, names, steps, targets, _):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, printed_logit, glyphs, pointing = model(
            image.contiguous(memory_format=torch.channels_last), ids[:, :-1], mask, places, steps
        )
    target = ids[:, 1:]
    loss = F.cross_entropy(logits.float().flatten(0, 1), target.flatten(), ignore_index=PAD)
    printed_loss = F.binary_cross_entropy_with_logits(printed_logit.float(), printed)
    glyph_loss = F.cross_entropy(glyphs.float(), names) if len(names) > 0 else glyphs.float().sum() * 0
    pointing_loss = F.cross_entropy(pointing, targets) if len(targets) > 0 else pointing.sum() * 0
    return loss, 0.3 * printed_loss, 0.5 * glyph_loss, 0.3 * pointing_loss


@torch.no_grad()
def measure_exact() -> str:
    """Greedy reading of held-out images by the averaged weights: share read exactly, by kind."""
    if not os.path.isdir(options.held_out):
        return ""
    right: dict[str, list[int]] = {}
    samples = Shards(options.held_out, keep=True).load(1, 60)[:320]
    for image, ids, mask, printed, *_ in make_batches(samples, False):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            additive = (1.0 - mask)[:, None, None] * -1e4
            memory, _, _ = average.look(image.contiguous(memory_format=torch.channels_last), additive)
            output = torch.full((len(ids), 1), START)
            keys = [layer.project_memory(memory) for layer in average.layers]
            past = [None] * len(average.layers)
            done = torch.zeros(len(ids), dtype=torch.bool)
            for at in range(ids.shape[1] + 4):
                x = average.embed_tokens(output[:, -1:], at)
                for index, layer in enumerate(average.layers):
                    x, key, value = layer(x, *keys[index], None, additive, past[index])
                    past[index] = (key, value)
                best = F.linear(average.norm(x), average.embed.weight)[:, 0].argmax(-1)
                best[done] = PAD
                output = torch.cat([output, best[:, None]], 1)
                done |= best == END
                if done.all():
                    break
        for row in range(len(ids)):
            expected = ids[row][ids[row] != PAD].tolist()
            kind = "hand" if printed[row] == 0 else "print"
            right.setdefault(kind, []).append(int(output[row][output[row] != PAD].tolist() == expected))
    return " ".join(f"{kind} {sum(hits) / len(hits):.3f} of {len(hits)}" for kind, hits in sorted(right.items()))


def stop(*_):
    """Ends the run at the next step, with a checkpoint."""
    global running
    running = False


signal.signal(signal.SIGTERM, stop)
shards = Shards(options.shards)
log = open(f"{options.run}/log.csv", "a")
last_save = last_print = time.time()
next_check = state["seen"] // options.check_every * options.check_every + options.check_every
totals = [0.0, 0.0, 0.0, 0.0, 0]
start_time, start_seen = time.time(), state["seen"]
partners = Partners(options.run, options.partners, state["step"])
running = True
while running:
    is_early = options.minutes is not None and time.time() - start_time < 60 * options.small * options.minutes
    glyph_height = SMALLER if is_early else GLYPH_HEIGHT
    for batch in make_batches(shards.load(options.pool, limit_for(state["seen"])), True, glyph_height):
        rate = options.rate * min(1.0, (state["step"] + 1 - state["from"]) / 150)
        if options.minutes:
            left = 1 - (time.time() - start_time) / (60 * options.minutes)
            if left <= 0:
                running = False
                break
            rate *= min(1.0, 1.5 * left)
        for group in optimiser.param_groups:
            group["lr"] = rate
        model.train()
        parts = measure_loss(*batch)
        ids = batch[1]
        loss = sum(parts)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        state["step"] += 1
        partners.exchange(model, state["step"])
        update_average()
        state["seen"] += len(ids)
        for place, part in enumerate(parts):
            totals[place] += part.item() * len(ids)
        totals[4] += len(ids)
        now = time.time()
        if now - last_print > 30:
            pace = (state["seen"] - start_seen) / (now - start_time)
            means = [total / totals[4] for total in totals[:4]]
            line = f"{int(now)},{state['step']},{state['seen']},{rate:.2e},{means[0]:.4f},{means[1]:.4f},{means[2]:.4f},{means[3]:.4f},{pace:.1f}"
            print(line, flush=True)
            log.write(line + "\n")
            log.flush()
            totals = [0.0, 0.0, 0.0, 0.0, 0]
            last_print = now
        if now - last_save > 480:
            save()
            last_save = now
        if not running:
            break
        if state["seen"] >= next_check:
            next_check += options.check_every
            save()
            print(f"seen {state['seen']}: exact {measure_exact()}", flush=True)
save()
print(f"finished at {state}: exact {measure_exact()}", flush=True)
