"""Writes the averaged weights as encoder.onnx and decoder.onnx (eight bits and float16), the files that are released and trained on from."""

import argparse
import itertools
import json
import os

import torch
from torch import nn
from torch.nn import functional as F

from data import Shards, make_batches
from model import DECODER_HEADS, DECODER_LAYERS, POINTING_LAYER, WIDTH, Recogniser
from onnx_bytes import store_as_bytes
from onnx_half import halve_weights
from quantise import quantise_encoder, quantise_linears

parser = argparse.ArgumentParser()
parser.add_argument("--weights", default="runs/main/average.pt")
parser.add_argument("--vocabulary", default="data/shards/vocabulary.json")
parser.add_argument("--out", default="../engine/model")
parser.add_argument("--pictures", default="data/shards", help="shards that show how large the activations of the encoder grow")
parser.add_argument("--float", action="store_true", help="leave everything in float32, as trained: to measure what the released form costs")
options = parser.parse_args()

with open(options.vocabulary) as file:
    vocabulary = json.load(file)
model = Recogniser(len(vocabulary)).eval()
weights = torch.load(options.weights)
model.load_state_dict({name: value.float() if value.is_floating_point() else value for name, value in weights.items() if name in model.state_dict()}, strict=False)


if not options.float:
    chosen = list(itertools.islice(make_batches(Shards(options.pictures, keep=True).load(2, 84), True), 40))
    quantise_linears(model, chosen)
    model.encoder.convolve = quantise_encoder(model.encoder, [image for image, *_ in chosen]).forward


class EncoderForExport(nn.Module):
    """One picture in; the probability that it is print, those of the quarter turns that make it upright, and every decoder layer's keys and values for it."""

    def forward(self, image):
        memory, _, features = model.look(image)
        pairs = [layer.project_memory(memory) for layer in model.layers]
        printed = torch.sigmoid(model.printed(features.mean(1)))[:, 0]
        turns = torch.softmax(model.judge_side(torch.cat([memory, features], 2)), -1)[0]
        return printed, turns, *(part for pair in pairs for part in pair)


def heads(x):
    """B 1 W -> B H 1 D, with sizes that are constants of the graph: asking for shapes costs more than the sums of one step."""
    return x.reshape(-1, DECODER_HEADS, 1, WIDTH // DECODER_HEADS)


def attend_once(query, key, value):
    scores = torch.matmul(query * (WIDTH // DECODER_HEADS) ** -0.5, key.transpose(2, 3))
    shares = torch.softmax(scores, -1)
    return torch.matmul(shares, value).reshape(-1, 1, WIDTH), shares


class StepForExport(nn.Module):
    """One token in, log-probabilities of the next out, with the self-attention cache grown by one. What DecoderLayer computes, for one token.

    `pointing`: how much of its look the taught head gives to each cell, the sign that comes next being in one of them.
    """

    def forward(self, token, position, *parts):
        """parts: past key and past value of every layer, then memory key and memory value of every layer."""
        past, memory = parts[: 2 * DECODER_LAYERS], parts[2 * DECODER_LAYERS :]
        x = model.embed(token) * WIDTH**0.5 + model.token_code[position]
        grown = []
        for index, layer in enumerate(model.layers):
            query, key, value = layer.qkv(layer.norm(x)).split(WIDTH, -1)
            key = torch.cat([past[2 * index], heads(key)], 2)
            value = torch.cat([past[2 * index + 1], heads(value)], 2)
            x = x + layer.out(attend_once(heads(query), key, value)[0])
            query = heads(layer.cross_query(layer.cross_norm(x)))
            mixed, shares = attend_once(query, memory[2 * index], memory[2 * index + 1])
            if index == POINTING_LAYER:
                pointing = shares[:, 0, 0]
            x = x + layer.cross_out(mixed)
            x = x + layer.feed(layer.feed_norm(x))
            grown += [key, value]
        logits = F.linear(model.norm(x), model.embed.weight)[:, 0]
        return F.log_softmax(logits, -1), pointing, *grown


class Wrapped(nn.Module):
    """Registers the model's weights with the wrapper, so that the exporter names them."""

    def __init__(self, step: nn.Module):
        super().__init__()
        self.model = model
        self.step = step

    def forward(self, *inputs):
        return self.step(*inputs)


# Neither folded nor fused: the files keep every weight under its own name, so that training can go on from them (released.py).
# ONNX Runtime folds and fuses when it loads them.
plain = {"opset_version": 17, "training": torch.onnx.TrainingMode.PRESERVE, "do_constant_folding": False}
os.makedirs(options.out, exist_ok=True)
size = WIDTH // DECODER_HEADS
image = torch.rand(1, 1, 64, 160)
kinds = [(part, index) for index in range(DECODER_LAYERS) for part in ("key", "value")]
memories, pasts, growns = ([f"{when}_{part}_{index}" for part, index in kinds] for when in ("memory", "past", "grown"))
with torch.no_grad():
    _, _, *memory = EncoderForExport()(image)
    torch.onnx.export(
        Wrapped(EncoderForExport()).eval(),
        (image,),
        f"{options.out}/encoder.onnx",
        **plain,
        input_names=["image"],
        output_names=["printed", "turns", *memories],
        dynamic_axes={"image": {2: "height", 3: "width"}, **{name: {2: "cells"} for name in memories}},
    )
    past = torch.rand(1, DECODER_HEADS, 3, size)
    torch.onnx.export(
        Wrapped(StepForExport()).eval(),
        (torch.tensor([[1]]), torch.tensor([3]), *([past] * len(pasts)), *memory),
        f"{options.out}/decoder.onnx",
        **plain,
        input_names=["token", "position", *pasts, *memories],
        output_names=["log_probabilities", "pointing", *growns],
        dynamic_axes={
            "token": {0: "batch"},
            "log_probabilities": {0: "batch"},
            "pointing": {0: "batch", 1: "cells"},
            **{name: {0: "batch", 2: "past"} for name in pasts},
            **{name: {0: "batch", 2: "cells"} for name in memories},
            **{name: {0: "batch", 2: "length"} for name in growns},
        },
    )
for name in ("encoder", "decoder"):
    if not options.float:
        halve_weights(f"{options.out}/{name}.onnx")
        store_as_bytes(f"{options.out}/{name}.onnx")
    print(name, os.path.getsize(f"{options.out}/{name}.onnx"))
with open(f"{options.out}/vocabulary.json", "w") as file:
    json.dump(vocabulary, file, ensure_ascii=False, indent=0)
    file.write("\n")

# A fixed picture and what torch reads in it, for the parity check on the other side.
torch.manual_seed(7)
probe = (torch.rand(1, 1, 64, 160) > 0.9).float()
with torch.no_grad():
    memory, _, _ = model.look(probe)
    logits = model.decode(torch.tensor([[1, 20, 30]]), memory, None)
    expected = F.log_softmax(logits[0, -1], -1)
with open("data/parity.json", "w") as file:
    json.dump({"image": probe.flatten().tolist(), "tokens": [1, 20, 30], "expected": expected.tolist()}, file)
