"""Stores weights in eight bits with one scale for each output channel: half the size of float16.

Nearly all of them compute in eight bits, with such scales (quantise.py), so that the rounding would come on loading anyway; it may fall
the other way for values between two steps. The few that compute as float32 (the spotter's last convolutions, the linker's layers) lose what
lies between. Works on files with float16 weights, as onnx_half.py leaves them.

    python3 onnx_bytes.py ../engine/model/encoder.onnx ../engine/model/decoder.onnx
"""

import os
import re
import sys

import numpy as np

from onnx_half import DATA_TYPE, DIMS, FLOAT, FLOAT16, INITIALIZER, NAME, NODE, RAW_DATA, make_cast, read_fields, rewrite_graph, write_field
from released import INT8, read_dimensions

LINEAR = re.compile(r"layers\.\d+\.(?!.*norm).*weight$")


def is_eight_bits(name: str, shape: list[int]) -> bool:
    """Convolutions, but for the first, which sees the picture; and the linear layers of transformers."""
    return len(shape) == 4 and shape[1] > 1 or len(shape) == 2 and LINEAR.search(name) is not None


def make_multiply(source: str, scale: str, target: str) -> bytes:
    fields = [(1, source), (1, scale), (2, target), (3, f"{target}_scaled"), (4, "Mul")]
    return b"".join(write_field(number, 2, text.encode()) for number, text in fields)


def make_tensor(name: str, kind: int, values: np.ndarray) -> bytes:
    dimensions = b"".join(write_field(DIMS, 0, size) for size in values.shape)
    return dimensions + write_field(DATA_TYPE, 0, kind) + write_field(NAME, 2, name.encode()) + write_field(RAW_DATA, 2, values.tobytes())


def round_tensor(tensor: bytes):
    """Name, bytes and scales of a float16 tensor that computes in eight bits; None for any other."""
    fields = list(read_fields(tensor))
    kind = next((value for number, _, value in fields if number == DATA_TYPE), 0)
    name = next((value.decode() for number, _, value in fields if number == NAME), "")
    shape = read_dimensions(fields)
    if kind != FLOAT16 or not name.endswith("_half") or not is_eight_bits(name.removesuffix("_half"), shape):
        return None
    raw = next(value for number, _, value in fields if number == RAW_DATA)
    values = np.frombuffer(raw, dtype="<f2").astype(np.float32).reshape(shape)
    scale = np.maximum(np.abs(values).max(tuple(range(1, len(shape))), keepdims=True), 1e-8) / 127
    return name.removesuffix("_half"), np.round(values / scale).clip(-127, 127).astype(np.int8), scale.astype("<f4")


def is_cast_of(node: bytes, names: set[str]) -> bool:
    fields = list(read_fields(node))
    source = next((value.decode() for number, _, value in fields if number == 1), "")
    kind = next((value for number, _, value in fields if number == 4), b"")
    return kind == b"Cast" and source.removesuffix("_half") in names and source.endswith("_half")


def round_graph(graph: bytes) -> bytes:
    parts = [(number, wire, content, round_tensor(content) if number == INITIALIZER else None) for number, wire, content in read_fields(graph)]
    names = {rounded[0] for *_, rounded in parts if rounded}
    before, rest = b"", b""
    for number, wire, content, rounded in parts:
        if rounded:
            name, values, scale = rounded
            rest += write_field(INITIALIZER, 2, make_tensor(f"{name}_bytes", INT8, values))
            rest += write_field(INITIALIZER, 2, make_tensor(f"{name}_scale", FLOAT, scale))
            before += write_field(NODE, 2, make_cast(f"{name}_bytes", f"{name}_whole"))
            before += write_field(NODE, 2, make_multiply(f"{name}_whole", f"{name}_scale", name))
        elif not (number == NODE and is_cast_of(content, names)):
            rest += write_field(number, wire, content)
    return before + rest


def store_as_bytes(path: str) -> None:
    rewrite_graph(path, round_graph)


if __name__ == "__main__":
    for path in sys.argv[1:]:
        before = os.path.getsize(path)
        store_as_bytes(path)
        print(path, before, os.path.getsize(path))
