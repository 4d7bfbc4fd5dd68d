"""Writes the linker's averaged weights as linker.onnx (linear layers of the transformer stored in eight bits, other weights as float16) with linker.json, the names that its numbers are of.

Inputs, one row for each of N signs: `names` (N tokens) and `styles` (N 8) as probabilities, `features` (N 480) as the spotter (288) and the namer (192) give them, `boxes` (N 4: left, top, right,
bottom) in units of the median sign, from the left end and the middle height of all ink. Outputs: `parents` (N K), the likeliest parents of each sign, N for none and more
than N where there are fewer than K; `parent_scores` (N K), `relations` (N K 17) to each of them, `stray` (N) for no sign at all, `root` (N) for the
first of all, `tokens` (N tokens) and `spellings` (N 8), all as log-probabilities.
"""

import argparse
import json
import os

import torch
from torch import nn

from linker import FEATURES, PAIR_INPUTS, Linker, describe_boxes, describe_pairs
from onnx_bytes import store_as_bytes
from onnx_half import halve_weights

OFFERS = 6

parser = argparse.ArgumentParser()
parser.add_argument("--weights", default="runs/linker/average.pt")
parser.add_argument("--names", default="data/layouts/held-out.json")
parser.add_argument("--out", default="runs/linker")
options = parser.parse_args()

torch.set_num_threads(1)
with open(options.names) as file:
    names = json.load(file)
model = Linker(len(names["vocabulary"])).eval()
model.begin(options.weights)


class LinkerForExport(nn.Module):
    def __init__(self):
        super().__init__()
        self.model = model

    def forward(self, names, styles, features, boxes):
        boxes = boxes[None]
        pairs = describe_pairs(boxes)
        signs = (names @ self.model.names + styles @ self.model.styles + self.model.watch(features))[None] + self.model.place(describe_boxes(boxes))
        signs, scores = self.model.attend(signs, pairs, 0)
        scores = scores[0].log_softmax(1)
        count = scores.shape[0]
        near = torch.cat([scores, torch.full((count, OFFERS), -1e4)], 1).topk(OFFERS, 1)
        index = near.indices.clamp(max=count - 1)
        chosen = signs[0][index]
        between = pairs[0].gather(1, index[..., None].expand(-1, -1, PAIR_INPUTS))
        relations = self.model.relate(torch.cat([signs[0][:, None].expand_as(chosen), chosen, between], -1)).log_softmax(2)
        return (
            near.indices,
            near.values,
            relations,
            scores.diagonal(),
            scores[:, -1],
            self.model.rename(signs[0]).log_softmax(1),
            self.model.spell(signs[0]).log_softmax(1),
        )


os.makedirs(options.out, exist_ok=True)
file = f"{options.out}/linker.onnx"
inputs, outputs = ["names", "styles", "features", "boxes"], ["parents", "parent_scores", "relations", "stray", "root", "tokens", "spellings"]
with torch.no_grad():
    example = (torch.rand(12, len(names["vocabulary"])), torch.rand(12, 8), torch.rand(12, FEATURES), torch.rand(12, 4).cumsum(1))
    torch.onnx.export(
        LinkerForExport().eval(),
        example,
        file,
        opset_version=17,
        # Weights keep their names, so that training can go on from the file.
        training=torch.onnx.TrainingMode.PRESERVE,
        do_constant_folding=False,
        input_names=inputs,
        output_names=outputs,
        dynamic_axes={name: {0: "signs"} for name in inputs + outputs},
    )
halve_weights(file)
store_as_bytes(file)
with open(f"{options.out}/linker.json", "w") as text:
    json.dump({key: names[key] for key in ["vocabulary", "styles", "spellings", "relations"]}, text, ensure_ascii=False, indent=0)
    text.write("\n")
print(file, os.path.getsize(file))
