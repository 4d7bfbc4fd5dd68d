"""Stores the weights of an ONNX file as float16, with a Cast before their use (ONNX Runtime folds it when loading).

Rewrites the protobuf directly: there is no `onnx` package here, and five message fields are all it takes.
"""

import numpy as np

GRAPH, NODE, INITIALIZER = 7, 1, 5
DIMS, DATA_TYPE, FLOAT_DATA, NAME, RAW_DATA = 1, 2, 4, 8, 9
FLOAT, FLOAT16 = 1, 10


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def write_varint(value: int) -> bytes:
    output = bytearray()
    while value > 127:
        output.append(value & 127 | 128)
        value >>= 7
    output.append(value)
    return bytes(output)


def read_fields(data: bytes):
    """Yields (number, wire type, payload) for each field."""
    at = 0
    while at < len(data):
        key, at = read_varint(data, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = read_varint(data, at)
            yield number, wire, value
        elif wire == 2:
            length, at = read_varint(data, at)
            yield number, wire, data[at : at + length]
            at += length
        else:
            size = 4 if wire == 5 else 8
            yield number, wire, data[at : at + size]
            at += size


def write_field(number: int, wire: int, value) -> bytes:
    key = write_varint(number << 3 | wire)
    if wire == 0:
        return key + write_varint(value)
    if wire == 2:
        return key + write_varint(len(value)) + value
    return key + value


def make_cast(source: str, target: str) -> bytes:
    attribute = write_field(1, 2, b"to") + write_field(3, 0, FLOAT) + write_field(20, 0, 2)
    return (
        write_field(1, 2, source.encode())
        + write_field(2, 2, target.encode())
        + write_field(3, 2, f"{target}_cast".encode())
        + write_field(4, 2, b"Cast")
        + write_field(5, 2, attribute)
    )


def halve_tensor(tensor: bytes):
    """The tensor in float16 under another name, and its name; None for what is small or not float."""
    fields = list(read_fields(tensor))
    name = next((value.decode() for number, _, value in fields if number == NAME), "")
    kind = next((value for number, _, value in fields if number == DATA_TYPE), 0)
    raw = next((value for number, _, value in fields if number == RAW_DATA), b"")
    if kind != FLOAT or len(raw) < 512:
        return None
    half = np.frombuffer(raw, dtype="<f4").astype("<f2").tobytes()
    output = b""
    for number, wire, value in fields:
        if number == DATA_TYPE:
            value = FLOAT16
        elif number == RAW_DATA:
            value = half
        elif number == NAME:
            value = f"{name}_half".encode()
        output += write_field(number, wire, value)
    return output, name


def rewrite_graph(path: str, rewrite) -> None:
    """Replaces the graph of an ONNX file by what `rewrite` makes of its bytes."""
    with open(path, "rb") as file:
        model = file.read()
    fields = [write_field(number, wire, rewrite(value) if number == GRAPH else value) for number, wire, value in read_fields(model)]
    with open(path, "wb") as file:
        file.write(b"".join(fields))


def halve_graph(graph: bytes) -> bytes:
    casts, rest = b"", b""
    for number, wire, content in read_fields(graph):
        halved = halve_tensor(content) if number == INITIALIZER else None
        if halved:
            tensor, name = halved
            rest += write_field(INITIALIZER, 2, tensor)
            casts += write_field(NODE, 2, make_cast(f"{name}_half", name))
        else:
            rest += write_field(number, wire, content)
    return casts + rest


def halve_weights(path: str) -> None:
    rewrite_graph(path, halve_graph)
