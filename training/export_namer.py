"""Writes the namer's averaged weights as namer.onnx (convolutions in eight bits, other weights stored as float16).

Inputs, one row for each of N signs: `cuts` (N 2 32 32: ink, and the share of each cell inside the sign's box, 0…1) and `sizes` (N 2: logarithms of the box's sides in
units of the median sign). Outputs: `names` (N tokens) and `styles` (N 8) as probabilities, `printed` (N: log-odds that no hand wrote it; their mean tells of a picture), `looks` (N 192), what it saw.
"""

import argparse
import json
import os

import numpy as np
import torch
from torch import nn

from name_data import Cuts
from namer import SIDE, Block, Namer
from onnx_bytes import store_as_bytes
from onnx_half import halve_weights
from quantise import QuantisedConvolution, Range
from spot_data import SignShards

parser = argparse.ArgumentParser()
parser.add_argument("--weights", default="runs/namer/average.pt")
parser.add_argument("--pictures", default="data/sign-held-out", help="shards that show how large activations grow")
parser.add_argument("--out", default="runs/namer")
parser.add_argument("--float", action="store_true", help="leave everything in float32, as trained")
options = parser.parse_args()

torch.set_num_threads(1)
with open(f"{options.pictures}/vocabulary.json") as file:
    vocabulary = json.load(file)
model = Namer(len(vocabulary)).eval()
state = torch.load(options.weights, map_location="cpu")
model.load_state_dict({name: value.float() if value.is_floating_point() else value for name, value in state.items()})


class QuantisedBlock(nn.Module):
    def __init__(self, block: Block):
        super().__init__()
        self.first = QuantisedConvolution(block.first[0], block.first[1], True)
        self.second = QuantisedConvolution(block.second[0], block.second[1], False)
        self.output = Range(True)

    def forward(self, values):
        return self.output(torch.relu(values + self.second(self.first(values))))


class QuantisedStem(nn.Module):
    """What Namer.stem computes, in eight bits."""

    def __init__(self):
        super().__init__()
        parts = [QuantisedBlock(part) if isinstance(part, Block) else QuantisedConvolution(part[0], part[1], True) for part in model.stem]
        self.parts = nn.Sequential(*parts)

    def forward(self, cuts):
        return self.parts(torch.fake_quantize_per_tensor_affine(cuts, 1 / 255, 0, 0, 255))


if not options.float:
    quantised = QuantisedStem().eval()
    held = Cuts(SignShards(options.pictures, keep=True).load(1), None)
    with torch.no_grad():
        for begin in range(0, min(len(held), 3000), 300):
            cuts, *_ = held.batch(np.arange(begin, min(len(held), begin + 300)), False)
            quantised(cuts)
    for module in quantised.modules():
        if isinstance(module, Range):
            module.collects = False
    model.stem.forward = quantised.forward


class NamerForExport(nn.Module):
    """Registers the model's weights, so that the exporter names them."""

    def __init__(self):
        super().__init__()
        self.model = model

    def forward(self, cuts, sizes):
        names, styles, hands, looks = self.model(cuts, sizes)
        return names.softmax(1), styles.softmax(1), -hands, looks


os.makedirs(options.out, exist_ok=True)
file = f"{options.out}/namer.onnx"
inputs, outputs = ["cuts", "sizes"], ["names", "styles", "printed", "looks"]
with torch.no_grad():
    torch.onnx.export(
        NamerForExport().eval(),
        (torch.rand(12, 2, SIDE, SIDE), torch.rand(12, 2)),
        file,
        opset_version=17,
        # Weights keep their names, so that training can go on from the file.
        training=torch.onnx.TrainingMode.PRESERVE,
        do_constant_folding=False,
        input_names=inputs,
        output_names=outputs,
        dynamic_axes={name: {0: "signs"} for name in inputs + outputs},
    )
    if not options.float:
        halve_weights(file)
        store_as_bytes(file)
print(file, os.path.getsize(file))
