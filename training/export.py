"""Writes the averaged weights as encoder.onnx and decoder.onnx (float16), the files that are released and trained on from."""

import argparse
import itertools
import json
import os

import torch
from torch import nn
from torch.nn import functional as F

from data import Shards, make_batches
from model import DECODER_HEADS, DECODER_LAYERS, WIDTH, Recogniser
from onnx_half import halve_weights
from quantise import quantise_encoder

parser = argparse.ArgumentParser()
parser.add_argument("--weights", default="runs/main/average.pt")
parser.add_argument("--vocabulary", default="data/shards/vocabulary.json")
parser.add_argument("--out", default="../engine/model")
parser.add_argument("--pictures", default="data/shards", help="shards that show how large the activations of the encoder grow")
parser.add_argument("--float", action="store_true", help="leave the convolutions in floating point")
options = parser.parse_args()

with open(options.vocabulary) as file:
    vocabulary = json.load(file)
model = Recogniser(len(vocabulary)).eval()
weights = torch.load(options.weights)
model.load_state_dict({name: value.float() if value.is_floating_point() else value for name, value in weights.items() if name in model.state_dict()}, strict=False)


if not options.float:
    chosen = itertools.islice(make_batches(Shards(options.pictures, keep=True).load(2, 84), True), 40)
    model.encoder.convolve = quantise_encoder(model.encoder, [image for image, *_ in chosen]).forward


class EncoderForExport(nn.Module):
    """One picture in; the decoder layers' keys and values for it, and the probability that it is print."""

    def forward(self, image):
        memory, _, features = model.look(image)
        pairs = [layer.project_memory(memory) for layer in model.layers]
        printed = torch.sigmoid(model.printed(features.mean(1)))[:, 0]
        return torch.stack([key for key, _ in pairs]), torch.stack([value for _, value in pairs]), printed


class StepForExport(nn.Module):
    """One token in, log-probabilities of the next out, with the self-attention cache grown by one."""

    def forward(self, token, position, past_key, past_value, memory_key, memory_value):
        x = model.embed(token) * WIDTH**0.5 + model.token_code[position]
        keys, values = [], []
        for index, layer in enumerate(model.layers):
            x, key, value = layer(x, memory_key[index], memory_value[index], None, None, (past_key[index], past_value[index]))
            keys.append(key)
            values.append(value)
        logits = F.linear(model.norm(x), model.embed.weight)[:, 0]
        return F.log_softmax(logits, -1), torch.stack(keys), torch.stack(values)


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
with torch.no_grad():
    memory_key, memory_value, _ = EncoderForExport()(image)
    torch.onnx.export(
        Wrapped(EncoderForExport()).eval(),
        (image,),
        f"{options.out}/encoder.onnx",
        **plain,
        input_names=["image"],
        output_names=["memory_key", "memory_value", "printed"],
        dynamic_axes={"image": {2: "height", 3: "width"}, "memory_key": {3: "cells"}, "memory_value": {3: "cells"}},
    )
    past = torch.rand(DECODER_LAYERS, 1, DECODER_HEADS, 3, size)
    torch.onnx.export(
        Wrapped(StepForExport()).eval(),
        (torch.tensor([[1]]), torch.tensor([3]), past, past, memory_key, memory_value),
        f"{options.out}/decoder.onnx",
        **plain,
        input_names=["token", "position", "past_key", "past_value", "memory_key", "memory_value"],
        output_names=["log_probabilities", "key", "value"],
        dynamic_axes={
            "token": {0: "batch"},
            "past_key": {1: "batch", 3: "past"},
            "past_value": {1: "batch", 3: "past"},
            "memory_key": {1: "batch", 3: "cells"},
            "memory_value": {1: "batch", 3: "cells"},
            "log_probabilities": {0: "batch"},
            "key": {1: "batch", 3: "length"},
            "value": {1: "batch", 3: "length"},
        },
    )
for name in ("encoder", "decoder"):
    halve_weights(f"{options.out}/{name}.onnx")
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
