"""The namer: a small convolutional network that looks at one sign at a time, cut out and brought to one size, and tells its name, its alphabet and whether a hand wrote it."""

import torch
from torch import nn
from torch.nn import functional as F

from spotter import STYLES

SIDE = 32
LOOKS = 192
"""What it saw, for the linker."""


def convolve(inputs: int, outputs: int, stride: int = 1, side: int = 3):
    return nn.Sequential(nn.Conv2d(inputs, outputs, side, stride, side // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class Block(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.first = convolve(width, width)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))

    def forward(self, values):
        return F.relu(values + self.second(self.first(values)))


class Namer(nn.Module):
    def __init__(self, tokens: int):
        super().__init__()
        self.stem = nn.Sequential(convolve(2, 32, 2, 5), Block(32), convolve(32, 64, 2), Block(64), Block(64), convolve(64, 128, 2), Block(128))
        self.gather = nn.Sequential(nn.Linear(128 * (SIDE // 8) ** 2 + 2, LOOKS), nn.BatchNorm1d(LOOKS), nn.ReLU())
        self.name = nn.Linear(LOOKS, tokens)
        self.style = nn.Linear(LOOKS, STYLES)
        self.hand = nn.Linear(LOOKS, 1)

    def look(self, cuts, sizes):
        """cuts: B 2 SIDE SIDE, ink and the share of each cell inside the sign's box, 0…1; sizes: B 2, logarithms of the box's sides in units of the
        median sign. Returns B LOOKS."""
        return self.gather(torch.cat([self.stem(cuts).flatten(1), sizes], 1))

    def forward(self, cuts, sizes):
        looks = self.look(cuts, sizes)
        return self.name(looks), self.style(looks), self.hand(looks)[:, 0], looks
