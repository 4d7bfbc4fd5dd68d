"""Reads the weights back from the released ONNX files, to go on training from them."""

import numpy as np
import torch

from onnx_half import DATA_TYPE, DIMS, FLOAT, FLOAT16, GRAPH, INITIALIZER, NAME, RAW_DATA, read_fields, read_varint


INT8 = 3
KINDS = {FLOAT: "<f4", FLOAT16: "<f2", INT8: "i1"}


def read_dimensions(fields) -> list[int]:
    """Repeated numbers come one by one or packed."""
    sizes: list[int] = []
    for number, wire, value in fields:
        if number == DIMS and wire == 0:
            sizes.append(value)
        elif number == DIMS:
            at = 0
            while at < len(value):
                size, at = read_varint(value, at)
                sizes.append(size)
    return sizes


def read_tensors(path: str):
    """Names and float32 values of all weights, however they are stored: as float32, as float16, or as eight bits with scales."""
    whole: dict[str, torch.Tensor] = {}
    for name, values in read_stored(path):
        if name.endswith(("_bytes", "_scale")):
            stem, other = name[:-6], {"_bytes": "_scale", "_scale": "_bytes"}[name[-6:]]
            partner = whole.pop(stem + other, None)
            if partner is None:
                whole[name] = values
            else:
                yield stem, values * partner
        else:
            yield name.removesuffix("_half"), values


def read_stored(path: str):
    with open(path, "rb") as file:
        model = file.read()
    for number, _, graph in read_fields(model):
        if number != GRAPH:
            continue
        for inner, _, tensor in read_fields(graph):
            if inner != INITIALIZER:
                continue
            fields = list(read_fields(tensor))
            name = next(value.decode() for field, _, value in fields if field == NAME)
            kind = next(value for field, _, value in fields if field == DATA_TYPE)
            raw = next((value for field, _, value in fields if field == RAW_DATA), b"")
            if kind not in KINDS:
                continue
            values = np.frombuffer(raw, dtype=KINDS[kind]).astype(np.float32)
            yield name.removeprefix("model."), torch.from_numpy(values.reshape(read_dimensions(fields)))


def load_released(folder: str) -> dict[str, torch.Tensor]:
    """State of the model as released; heads that only training uses may be missing."""
    return {name: tensor for file in ("encoder", "decoder") for name, tensor in read_tensors(f"{folder}/{file}.onnx")}


def grow(state: dict[str, torch.Tensor], model: torch.nn.Module) -> bool:
    """Appends the model's fresh rows to tensors saved with a shorter vocabulary, in place. Tells whether any was shorter."""
    has_grown = False
    for name, fresh in model.state_dict().items():
        known = state.get(name)
        if known is not None and fresh.ndim > 0 and known.shape[1:] == fresh.shape[1:] and len(known) < len(fresh):
            state[name] = torch.cat([known.to(fresh.dtype), fresh[len(known) :].detach()])
            has_grown = True
    return has_grown
