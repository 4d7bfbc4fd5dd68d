"""Trains the linker on layouts of make-layouts.ts. Can be stopped at any time and continued from its last checkpoint (`last.pt`).

The rate falls to zero over `--minutes`. What is used afterwards is the moving average of the weights (`average.pt`, float16).
"""

import argparse
import copy
import glob
import os
import time

import numpy as np
import torch
from torch.nn import functional as F

from link_data import Confuser, Layouts, Spotted, make_batches, soften_styles
from linker import CONVOLVED, STYLES, Linker

parser = argparse.ArgumentParser()
parser.add_argument("--layouts", default="data/layouts")
parser.add_argument("--spotted", help="folder that make-spotted.ts fills")
parser.add_argument("--spotted-held", help="the same of pictures that are only measured")
parser.add_argument("--spotted-share", type=float, default=0.6, help="share of the batches that a spotter found, where there are some")
parser.add_argument("--run", default="runs/linker")
parser.add_argument("--weights", help="where to begin: average.pt of an earlier run, or a folder with linker.onnx")
parser.add_argument("--rate", type=float, default=1.5e-3)
parser.add_argument("--minutes", type=float, default=20)
parser.add_argument("--check-every", type=float, default=4, help="minutes between measurements of held-out layouts")
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--device", default="cpu")
options = parser.parse_args()

torch.set_num_threads(options.threads)
device = torch.device(options.device)
os.makedirs(options.run, exist_ok=True)
files = sorted(glob.glob(f"{options.layouts}/train-*.bin.gz"))
train, held = Layouts(*files), Layouts(f"{options.layouts}/held-out.bin.gz")
confuser = Confuser(train.vocabulary)
model = Linker(len(train.vocabulary)).to(device)
if options.weights:
    model.begin(options.weights)
optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.01, betas=(0.9, 0.98))
state = {"step": 0, "seen": 0, "spent": 0.0}
checkpoint = f"{options.run}/last.pt"
average = copy.deepcopy(model).eval()
if os.path.exists(checkpoint):
    saved = torch.load(checkpoint, map_location=device)
    model.load_state_dict(saved["model"])
    average.load_state_dict(saved["average"])
    optimiser.load_state_dict(saved["optimiser"])
    state = saved["state"]
random = np.random.default_rng(state["step"] + 17)
print(f"{len(train)} layouts, {sum(values.numel() for values in model.parameters())} parameters", flush=True)


def disturb(features):
    """Some of the features lost, all of them uncertain: pictures are few beside what can be told from them. features: B N FEATURES."""
    kept = (torch.rand(features.shape[0], 1, features.shape[2], device=features.device) > 0.15).float()
    # Now and then only one of the two has looked.
    for part in (slice(CONVOLVED), slice(CONVOLVED, None)):
        kept[:, :, part] *= (torch.rand(len(kept), 1, 1, device=features.device) > 0.05).float()
    return kept * features * (1 + 0.2 * torch.randn_like(features)) + 6 * torch.randn_like(features)


def measure_loss(batch):
    batch = {key: values.to(device) for key, values in batch.items()}
    if "offers" in batch:
        names = (model.names[batch["offers"]] * batch["shares"][..., None]).sum(2)
        styles = batch["styles"]
        features = disturb(batch["features"].float()) if random.random() < 0.9 else None
    else:
        features = None
        names, styles = confuser.mix(model.names, batch["token"]), soften_styles(batch["style"], STYLES)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        signs, scores, pairs = model.encode(names, styles, batch["box"], batch["real"], features)
        related = model.relate_to(signs, pairs, batch["parent"])
        renamed, spelled = model.rename(signs), model.spell(signs)
    cross = lambda logits, target: F.cross_entropy(logits.float().flatten(0, 1), target.flatten(), ignore_index=-1)  # noqa: E731
    names_true = batch["token"].masked_fill(batch["spelling"] < 0, -1)
    return cross(scores, batch["parent"]) + cross(related, batch["relation"]) + 0.5 * cross(renamed, names_true) + 0.5 * cross(spelled, batch["spelling"])


@torch.no_grad()
def check():
    """Shares of held-out layouts and of their signs whose parents, relations and spellings are right, each chosen by itself."""
    whole, right, signs_seen, layouts_seen = 0, 0, 0, 0
    for batch in make_batches(held, random, False):
        real = batch["real"]
        styles = F.one_hot(batch["style"], STYLES).float()
        signs, scores, pairs = average.encode(average.names[batch["token"]], styles, batch["box"], real)
        parents = scores.argmax(2)
        relations = average.relate_to(signs, pairs, parents).argmax(2)
        good = (parents == batch["parent"]) & ((relations == batch["relation"]) | (batch["relation"] < 0)) & (average.spell(signs).argmax(2) == batch["spelling"])
        right += int((good & real).sum())
        signs_seen += int(real.sum())
        whole += int((good | ~real).all(1).sum())
        layouts_seen += len(real)
    return f"signs {right / signs_seen:.4f}, layouts {whole / layouts_seen:.4f}{check_spotted()}"


@torch.no_grad()
def check_spotted() -> str:
    """Of held-out pictures: shares of signs whose parents, names and spellings are right, and of pictures in which all are."""
    if not options.spotted_held:
        return ""
    right, seen, whole, pictures = np.zeros(3), np.zeros(3), 0, 0
    for batch in make_batches(Spotted(*sorted(glob.glob(f"{options.spotted_held}/*.bin.gz"))), random, False):
        names = (average.names[batch["offers"]] * batch["shares"][..., None]).sum(2)
        signs, scores, _ = average.encode(names, batch["styles"], batch["box"], batch["real"], batch["features"].float())
        truths = [batch["parent"], batch["token"].masked_fill(batch["spelling"] < 0, -1), batch["spelling"]]
        good = torch.ones_like(batch["real"])
        for at, (guess, truth) in enumerate(zip([scores, average.rename(signs), average.spell(signs)], truths)):
            asked = (truth >= 0) & batch["real"]
            same = guess.argmax(2) == truth
            right[at] += int((same & asked).sum())
            seen[at] += int(asked.sum())
            good &= same | ~asked
        whole += int(good.all(1).sum())
        pictures += len(good)
    parents, names, spelled = right / seen
    return f"; of pictures: parents {parents:.4f}, names {names:.4f}, spelled {spelled:.4f}, all {whole / pictures:.4f}"


def save():
    torch.save({"model": model.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(), "state": state}, checkpoint + ".tmp")
    os.replace(checkpoint + ".tmp", checkpoint)
    torch.save({name: values.half() for name, values in average.state_dict().items()}, f"{options.run}/average.pt")


def read_spotted():
    """Batches of what the spotter found, of all shards that are there, for ever."""
    while True:
        files = sorted(glob.glob(f"{options.spotted}/*.bin.gz"))
        random.shuffle(files)
        for at in range(0, len(files), 24):
            yield from make_batches(Spotted(*files[at : at + 24]), random, True)


def draw_batches():
    spotted = read_spotted() if options.spotted else None
    for batch in make_batches(train, random, True):
        while spotted and random.random() < options.spotted_share:
            yield next(spotted)
        yield batch


begin, checked, losses = time.time() - state["spent"], time.time(), []
while state["spent"] < 60 * options.minutes:
    for batch in draw_batches():
        state["spent"] = time.time() - begin
        share = state["spent"] / (60 * options.minutes)
        if share >= 1:
            break
        rate = options.rate * min(1, (state["step"] + 1) / 300) * (1 - share) ** 1.0
        for group in optimiser.param_groups:
            group["lr"] = rate
        loss = measure_loss(batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        state["step"] += 1
        state["seen"] += len(batch["token"])
        decay = min(0.998, state["step"] / (state["step"] + 10))
        with torch.no_grad():
            for kept, fresh in zip(average.parameters(), model.parameters()):
                kept.lerp_(fresh, 1 - decay)
        losses.append(float(loss))
        if state["step"] % 200 == 0:
            print(f"{state['spent'] / 60:5.1f} min {state['seen']:8d} layouts loss {np.mean(losses[-200:]):.4f}", flush=True)
        if time.time() - checked > 60 * options.check_every:
            checked = time.time()
            save()
            print(f"      held out: {check()}", flush=True)
save()
print(f"end: {state['seen']} layouts, held out: {check()}", flush=True)
