"""The linker: a transformer over a list of signs in which every sign chooses its parent, its relation to it, its name and how it is spelled."""

import math

import torch
from torch import nn
from torch.nn import functional as F

from released import read_tensors

WIDTH = 160
HEADS = 5
LAYERS = 6
STYLES = 8
LOST = 0.1
"""Share of what a layer adds that is left out while training."""
RELATIONS = 17
SPELLINGS = 8
WAVES = 8
PAIR = 32
PAIR_INPUTS = 10
CONVOLVED, LOOKS = 288, 192
"""What the spotter's convolutions tell of a sign, and what the namer's do."""
FEATURES = CONVOLVED + LOOKS


def measure_unit(boxes, real):
    """What sizes are compared to: the median over the signs of the larger side. boxes: B N 4; real: B N. Returns B 1 1."""
    sides = torch.maximum(boxes[..., 2] - boxes[..., 0], boxes[..., 3] - boxes[..., 1])
    ordered = sides.masked_fill(~real, float("inf")).sort(1).values
    middle = ((real.sum(1) - 1).clamp(min=0) // 2)[:, None]
    return ordered.gather(1, middle)[..., None].clamp(min=1e-3)


def normalise_boxes(boxes, real):
    """Boxes in units of the median sign, from the left end and the middle height of all ink."""
    unit = measure_unit(boxes, real)
    hidden = ~real[..., None]
    low = boxes.masked_fill(hidden, float("inf")).amin(1, keepdim=True)
    high = boxes.masked_fill(hidden, -float("inf")).amax(1, keepdim=True)
    left, middle = low[..., 0:1], (low[..., 1:2] + high[..., 3:4]) / 2
    return ((boxes - torch.cat([left, middle, left, middle], -1)) / unit).masked_fill(hidden, 0)


def describe_boxes(boxes):
    """boxes: B N 4, normalised. Returns B N 4*2*WAVES+4: waves of the middle's and the lower corner's places, and logarithms of sizes."""
    left, top, right, bottom = boxes.unbind(-1)
    places = torch.stack([(left + right) / 2, (top + bottom) / 2, left, bottom], -1)
    lengths = 2.0 ** torch.arange(WAVES, device=boxes.device)
    angles = places[..., None] * (2 * math.pi / lengths)
    width, height = (right - left).clamp(min=0.01), (bottom - top).clamp(min=0.01)
    sizes = torch.stack([width.log(), height.log(), (width / height).log(), (width * height).log()], -1)
    return torch.cat([angles.sin().flatten(-2), angles.cos().flatten(-2), sizes], -1)


def squash(values):
    return values.sign() * (1 + values.abs() * 4).log()


def describe_pairs(boxes):
    """How each sign (first) stands to each other one (second). boxes: B N 4, normalised. Returns B N N PAIR_INPUTS."""
    one, other = boxes[:, :, None], boxes[:, None]
    between = other - one
    gap = torch.stack([other[..., 0] - one[..., 2], one[..., 0] - other[..., 2], other[..., 1] - one[..., 3], one[..., 1] - other[..., 3]], -1)
    middle = torch.stack([between[..., 0] + between[..., 2], between[..., 1] + between[..., 3]], -1) / 2
    return torch.cat([squash(between), squash(gap), squash(middle)], -1)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.before = nn.LayerNorm(WIDTH)
        self.look = nn.Linear(WIDTH, 3 * WIDTH)
        self.merge = nn.Linear(WIDTH, WIDTH)
        self.middle = nn.LayerNorm(WIDTH)
        self.think = nn.Sequential(nn.Linear(WIDTH, 4 * WIDTH), nn.GELU(), nn.Linear(4 * WIDTH, WIDTH))
        self.lose = nn.Dropout(LOST)
        # Begins as a layer that changes nothing, which one more of them on top of earlier weights has to be.
        for added in (self.merge, self.think[2]):
            nn.init.zeros_(added.weight)
            nn.init.zeros_(added.bias)

    def forward(self, signs, bias):
        batch, count, _ = signs.shape
        query, key, value = self.look(self.before(signs)).view(batch, count, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias
        mixed = (scores.float().softmax(-1).to(value.dtype) @ value).transpose(1, 2).reshape(batch, count, WIDTH)
        signs = signs + self.lose(self.merge(mixed))
        return signs + self.lose(self.think(self.middle(signs)))


class Linker(nn.Module):
    def __init__(self, tokens: int):
        super().__init__()
        self.names = nn.Parameter(torch.randn(tokens, WIDTH) * 0.3)
        self.styles = nn.Parameter(torch.randn(STYLES, WIDTH) * 0.3)
        self.see = nn.Sequential(nn.LayerNorm(CONVOLVED), nn.Linear(CONVOLVED, WIDTH))
        self.look = nn.Sequential(nn.LayerNorm(LOOKS), nn.Linear(LOOKS, WIDTH))
        # Begins as a linker that sees nothing, which those of earlier weights are.
        for eye in (self.see, self.look):
            nn.init.zeros_(eye[1].weight)
            nn.init.zeros_(eye[1].bias)
        self.place = nn.Sequential(nn.Linear(8 * WAVES + 4, WIDTH), nn.GELU(), nn.Linear(WIDTH, WIDTH))
        self.pair = nn.Sequential(nn.Linear(PAIR_INPUTS, PAIR), nn.GELU(), nn.Linear(PAIR, HEADS + 1))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.last = nn.LayerNorm(WIDTH)
        self.child = nn.Linear(WIDTH, WIDTH)
        self.parent = nn.Linear(WIDTH, WIDTH)
        self.root = nn.Parameter(torch.randn(WIDTH) * 0.3)
        self.relate = nn.Sequential(nn.Linear(2 * WIDTH + PAIR_INPUTS, WIDTH), nn.GELU(), nn.Linear(WIDTH, RELATIONS))
        self.rename = nn.Linear(WIDTH, tokens)
        self.spell = nn.Linear(WIDTH, SPELLINGS)

    def begin(self, source: str) -> None:
        """Takes over weights: those of average.pt, or of a folder with linker.onnx."""
        state = torch.load(source, map_location="cpu") if source.endswith(".pt") else dict(read_tensors(f"{source}/linker.onnx"))
        state = {name: values.float() for name, values in state.items()}
        self.load_state_dict({name: state.get(name, value) if name.startswith(("see.", "look.", "layers.")) else state[name] for name, value in self.state_dict().items()})

    def encode(self, names, styles, boxes, real, features=None):
        """names: B N WIDTH, mixed embeddings; styles: B N STYLES, shares; boxes: B N 4 in any unit; real: B N, false where the list is padded;
        features: B N FEATURES in any unit, where there is a picture.
        Returns the signs (B N WIDTH), scores of parents (B N N+1, the last for none; a sign that is no sign chooses itself) and pairs (B N N PAIR_INPUTS)."""
        boxes = normalise_boxes(boxes, real)
        pairs = describe_pairs(boxes)
        signs = names + styles @ self.styles + self.place(describe_boxes(boxes))
        if features is not None:
            signs = signs + self.watch(features)
        return *self.attend(signs, pairs, torch.zeros_like(pairs[:, None, :, :, 0]).masked_fill((~real)[:, None, None], -1e4)), pairs

    def watch(self, features):
        """features: … FEATURES. Returns … WIDTH."""
        return self.see(features[..., :CONVOLVED]) + self.look(features[..., CONVOLVED:])

    def attend(self, signs, pairs, mask):
        """signs: B N WIDTH, each by itself; mask: B 1 N N, or 0 where no list is padded. Returns the signs among each other and scores of parents."""
        bias = self.pair(pairs).permute(0, 3, 1, 2)
        for layer in self.layers:
            signs = layer(signs, bias[:, :HEADS] + mask)
        signs = self.last(signs)
        child, parent = self.child(signs), self.parent(signs)
        scores = child @ parent.transpose(1, 2) / math.sqrt(WIDTH) + (bias[:, HEADS:] + mask)[:, 0]
        none = (child @ self.root)[..., None] / math.sqrt(WIDTH)
        return signs, torch.cat([scores, none], -1)

    def relate_to(self, signs, pairs, parents):
        """Scores of relations (B N RELATIONS) of each sign to the one that `parents` (B N, any place for none) names."""
        index = parents.clamp(0, signs.shape[1] - 1)
        chosen = signs.gather(1, index[..., None].expand_as(signs))
        between = pairs.gather(2, index[..., None, None].expand(-1, -1, 1, PAIR_INPUTS))[:, :, 0]
        return self.relate(torch.cat([signs, chosen, between.to(signs.dtype)], -1))
