"""Mixes the weights of two runs of which one went on from the other: what they agree on stays, what each learned by chance fades."""

import argparse

import torch

parser = argparse.ArgumentParser()
parser.add_argument("--earlier", required=True)
parser.add_argument("--later", required=True)
parser.add_argument("--share", type=float, default=0.6, help="of the later weights, 0 to 1")
parser.add_argument("--out", required=True)
options = parser.parse_args()

earlier, later = torch.load(options.earlier), torch.load(options.later)


def mix(name: str, value: torch.Tensor) -> torch.Tensor:
    """Parts that only the later run has, and counters, are taken as they are."""
    if name not in earlier or not value.is_floating_point():
        return value
    return earlier[name] * (1 - options.share) + value * options.share


torch.save({name: mix(name, value) for name, value in later.items()}, options.out)
