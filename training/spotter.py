"""The spotter: the recogniser's convolutions with heads at a quarter of the picture's size that tell where a sign's anchor is, what it is and how far its ink reaches."""

import os

import torch
from torch import nn
from torch.nn import functional as F

from model import WIDTH, Encoder
from released import grow, load_released, read_tensors

STYLES = 8
STRIDE = 4
FINE = 64
HEAD = 96


class Spotter(nn.Module):
    def __init__(self, tokens: int):
        super().__init__()
        encoder = Encoder()
        self.stem, self.project = encoder.stem, encoder.project
        self.up = nn.Conv2d(WIDTH, 4 * FINE, 1)
        self.lateral = nn.Conv2d(64, FINE, 1)
        self.mix = nn.Sequential(
            nn.BatchNorm2d(FINE),
            nn.ReLU(),
            nn.Conv2d(FINE, HEAD, 3, padding=1, bias=False),
            nn.BatchNorm2d(HEAD),
            nn.ReLU(),
            nn.Conv2d(HEAD, HEAD, 3, padding=1, bias=False),
            nn.BatchNorm2d(HEAD),
            nn.ReLU(),
        )
        self.presence = nn.Conv2d(HEAD, 1, 1)
        # Few cells hold an anchor: the first steps would be spent on finding that out.
        nn.init.constant_(self.presence.bias, -4.0)
        self.reach = nn.Conv2d(HEAD, 4, 1)
        nn.init.constant_(self.reach.bias, 1.5)
        self.name = nn.Linear(HEAD + WIDTH, tokens)
        self.style = nn.Linear(HEAD + WIDTH, STYLES)

    def look(self, image):
        """image: B 1 H W, ink 0…1, sides multiples of 8. Returns presence logits (B 1 H/4 W/4), reaches (B 4 H/4 W/4: log(1 + pixels) from the middle
        of the cell to the left, top, right and bottom end of the ink), and the features of fine and coarse cells."""
        fine = self.stem[:4](image)
        coarse = self.project(self.stem[4:](fine))
        mixed = self.mix(F.pixel_shuffle(self.up(F.relu(coarse)), 2) + self.lateral(fine))
        return self.presence(mixed), self.reach(mixed), mixed, coarse

    def gather(self, mixed, coarse, places):
        """Features of cells. places: N 3, picture, row and column of fine cells. Returns N HEAD+WIDTH."""
        picture, row, column = places.unbind(1)
        return torch.cat([mixed[picture, :, row, column], coarse[picture, :, row // 2, column // 2]], 1)

    def forward(self, image, places):
        presence, reach, mixed, coarse = self.look(image)
        features = self.gather(mixed, coarse, places)
        return presence, reach, self.name(features), self.style(features)

    def begin(self, source: str) -> None:
        """Takes over weights: those of average.pt, of a folder with spotter.onnx, or the convolutions of a folder with the recogniser. Names that the vocabulary has got since begin anew."""
        if source.endswith(".pt"):
            self.take(torch.load(source, map_location="cpu"), ())
        elif os.path.exists(f"{source}/spotter.onnx"):
            self.take(dict(read_tensors(f"{source}/spotter.onnx")), ())
        else:
            released = {name.removeprefix("encoder."): value for name, value in load_released(source).items()}
            self.take({name: value for name, value in released.items() if name.startswith(("stem.", "project."))}, ("up.", "lateral.", "mix.", "presence.", "reach.", "name.", "style."))
            # The recogniser's head for signs knows the names already.
            weight, bias = released.get("glyph.weight"), released.get("glyph.bias")
            if weight is not None and bias is not None:
                with torch.no_grad():
                    self.name.weight[: len(weight), HEAD:] = weight.reshape(-1, WIDTH)
                    self.name.bias[: len(bias)] = bias

    def take(self, state: dict[str, torch.Tensor], fresh: tuple[str, ...]) -> None:
        """fresh: beginnings of the names that may be missing."""
        state = {name: value.float() if value.is_floating_point() else value for name, value in state.items()}
        grow(state, self)
        missing = [name for name in self.load_state_dict(state, strict=False).missing_keys if not name.endswith("num_batches_tracked")]
        missing = [name for name in missing if not name.startswith(fresh or ("-",))]
        if missing:
            raise ValueError(f"The weights lack {missing}")


def decode(presence, reach, threshold: float = 0.35, overlap: float = 0.5):
    """Cells of one picture where a sign is: presence (H/4 W/4) logits, reach (4 H/4 W/4). Returns places (N 2), boxes (N 4, pixels) and probabilities,
    without those whose box another cell with a higher probability has as well."""
    shares = torch.sigmoid(presence)
    places = (shares > threshold).nonzero()
    shares = shares[places[:, 0], places[:, 1]]
    order = shares.argsort(descending=True)[:400]
    places, shares = places[order], shares[order]
    middle = places.float() * STRIDE + STRIDE / 2
    left, top, right, bottom = torch.expm1(reach[:, places[:, 0], places[:, 1]].clamp(0, 7))
    boxes = torch.stack([middle[:, 1] - left, middle[:, 0] - top, middle[:, 1] + right, middle[:, 0] + bottom], 1)
    same = overlaps(boxes, boxes)
    near = (places[:, None] - places[None]).abs().amax(2) <= 2
    kept: list[int] = []
    for at in range(len(order)):
        if not any(near[at, other] and same[at, other] > overlap for other in kept):
            kept.append(at)
    return places[kept], boxes[kept], shares[kept]


def overlaps(one, other, slack: float = 1.0):
    """Intersection over union of boxes (N 4 and M 4), each first grown by `slack` pixels: bars and dots are hardly thicker than a pixel."""
    grow = torch.tensor([-slack, -slack, slack, slack], device=one.device)
    one, other = one + grow, other + grow
    sides = (torch.minimum(one[:, None, 2:], other[None, :, 2:]) - torch.maximum(one[:, None, :2], other[None, :, :2])).clamp(min=0)
    shared = sides.prod(2)
    area = lambda boxes: (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])  # noqa: E731
    return shared / (area(one)[:, None] + area(other)[None] - shared).clamp(min=1e-6)
