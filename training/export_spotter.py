"""Writes the spotter's averaged weights as spotter.onnx (convolutions in eight bits, other weights stored as float16) with the vocabulary that its names are from.

Input `image` (1 1 H W, ink 0…1, sides multiples of 8). Outputs, one row for each cell that may hold the anchor of a sign:
`places` (N 2: row and column of quarter cells), `probabilities` (N), `boxes` (N 4: left, top, right, bottom in pixels), `names` (N tokens) and
`styles` (N 8) as probabilities, `features` (N 288).
"""

import argparse
import itertools
import json
import os

import torch
from torch import nn

from onnx_bytes import store_as_bytes
from onnx_half import halve_weights
from quantise import QuantisedPicture, Range, quantise
from spot_data import SignShards, make_batches
from spotter import STRIDE, Spotter

parser = argparse.ArgumentParser()
parser.add_argument("--weights", default="runs/spotter/average.pt")
parser.add_argument("--vocabulary", default="data/sign-held-out/vocabulary.json")
parser.add_argument("--pictures", default="data/sign-held-out", help="shards that show how large activations grow")
parser.add_argument("--out", default="runs/spotter")
parser.add_argument("--float", action="store_true", help="leave everything in float32, as trained")
parser.add_argument("--threshold", type=float, default=0.1, help="probability from which on a cell is told of")
options = parser.parse_args()

torch.set_num_threads(1)
with open(options.vocabulary) as file:
    vocabulary = json.load(file)
model = Spotter(len(vocabulary)).eval()
model.begin(options.weights)


class QuantisedSpotter(nn.Module):
    """What Spotter.look computes, with the convolutions in eight bits."""

    def __init__(self):
        super().__init__()
        self.picture = QuantisedPicture(model)
        before, relu, *rest = model.mix
        self.mix = nn.Sequential(before, relu, Range(True), *quantise(nn.Sequential(*rest)))

    def forward(self, image):
        fine = self.picture.stem[:4](torch.fake_quantize_per_tensor_affine(image, 1 / 255, 0, 0, 255))
        coarse = self.picture.project(self.picture.stem[4:](fine))
        mixed = self.mix(nn.functional.pixel_shuffle(model.up(nn.functional.relu(coarse)), 2) + model.lateral(fine))
        return model.presence(mixed), model.reach(mixed), mixed, coarse


if not options.float:
    with torch.no_grad():
        quantised = QuantisedSpotter().eval()
        for image, *_ in itertools.islice(make_batches(SignShards(options.pictures, keep=True).load(1), True), 10):
            quantised(image)
        for module in quantised.modules():
            if isinstance(module, Range):
                module.collects = False
    model.look = quantised.forward


class SpotterForExport(nn.Module):
    """Registers the model's weights, so that the exporter names them."""

    def __init__(self):
        super().__init__()
        self.model = model

    def forward(self, image):
        presence, reach, mixed, coarse = self.model.look(image)
        shares = torch.sigmoid(presence[0, 0])
        places = (shares > options.threshold).nonzero()
        row, column = places[:, 0], places[:, 1]
        at = row * shares.shape[1] + column
        pick = lambda grid, index: grid[0].flatten(1).index_select(1, index).t()  # noqa: E731
        reaches = torch.exp(pick(reach, at).clamp(0, 7)) - 1
        x, y = column * float(STRIDE) + STRIDE / 2, row * float(STRIDE) + STRIDE / 2
        boxes = torch.stack([x - reaches[:, 0], y - reaches[:, 1], x + reaches[:, 2], y + reaches[:, 3]], 1)
        half = lambda index: torch.div(index, 2, rounding_mode="floor")  # noqa: E731
        features = torch.cat([pick(mixed, at), pick(coarse, half(row) * coarse.shape[3] + half(column))], 1)
        names, styles = torch.softmax(self.model.name(features), 1), torch.softmax(self.model.style(features), 1)
        return places, shares.flatten().index_select(0, at), boxes, names, styles, features


os.makedirs(options.out, exist_ok=True)
file = f"{options.out}/spotter.onnx"
outputs = ["places", "probabilities", "boxes", "names", "styles", "features"]
with torch.no_grad():
    torch.onnx.export(
        SpotterForExport().eval(),
        (torch.rand(1, 1, 64, 160),),
        file,
        opset_version=17,
        training=torch.onnx.TrainingMode.PRESERVE,
        do_constant_folding=False,
        input_names=["image"],
        output_names=outputs,
        dynamic_axes={"image": {2: "height", 3: "width"}, **{name: {0: "signs"} for name in outputs}},
    )
    if not options.float:
        halve_weights(file)
        store_as_bytes(file)
    print(file, os.path.getsize(file))
    with open(f"{options.out}/spotter.json", "w") as text:
        json.dump(vocabulary, text, ensure_ascii=False, indent=0)
        text.write("\n")
    # A held-out picture and what torch finds in it, for the parity check on the other side.
    *_, (image, _, _) = make_batches(SignShards(options.pictures, keep=True).load(1)[:120], False)
    image = image[:1]
    places, probabilities, boxes, names, *_ = SpotterForExport().eval()(image)
    sure = probabilities > 0.35
    probe = {
        "width": image.shape[3],
        "height": image.shape[2],
        "image": (image[0, 0] * 255).round().int().flatten().tolist(),
        "boxes": boxes[sure].tolist(),
        "tokens": names[sure].argmax(1).tolist(),
        "places": places[sure].tolist(),
    }
with open(f"{options.out}/parity.json", "w") as text:
    json.dump(probe, text)
