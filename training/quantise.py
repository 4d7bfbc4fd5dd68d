"""The convolutions and the linear layers in eight bits, as the released files run them.

Batch norms are folded into the weights by nodes of the graph itself, so that the file still holds every weight under its own name
(released.py reads them back) and ONNX Runtime does the folding and rounding once, when it loads the file. Weights are
symmetric, one scale a channel; activations are unsigned after a ReLU and centred otherwise, one scale a tensor, taken from pictures.
"""

import torch
from torch import nn
from torch.nn import functional as F

from model import Down, Encoder, Recogniser, ResidualBlock

# Share of an activation's values that its range covers: a few strays must not cost all others their precision.
COVERED = 0.9999


class Range(nn.Module):
    """Rounds an activation to eight bits; while `collects` it only watches how large the values grow."""

    def __init__(self, is_positive: bool):
        super().__init__()
        self.is_positive = is_positive
        self.collects = True
        self.limit = 0.0

    def forward(self, x):
        if self.collects:
            values = x.detach().abs().flatten()
            self.limit = max(self.limit, values.kthvalue(max(1, int(len(values) * COVERED))).values.item())
            return x
        if self.is_positive:
            return torch.fake_quantize_per_tensor_affine(x, self.limit / 255, 0, 0, 255)
        return torch.fake_quantize_per_tensor_affine(x, self.limit / 127, 128, 0, 255)


class QuantisedConvolution(nn.Module):
    """A convolution with its batch norm folded in (if it has one) and, if wanted, a ReLU."""

    def __init__(self, convolution: nn.Conv2d, norm: nn.BatchNorm2d | None, has_relu: bool):
        super().__init__()
        self.convolution = [convolution]
        self.norm = [norm]
        self.has_relu = has_relu
        self.output = Range(has_relu)
        with torch.no_grad():
            weight, _ = self.fold()
            self.scale = weight.abs().amax((1, 2, 3)).clamp(min=1e-8) / 127
        self.zero = torch.zeros(convolution.out_channels, dtype=torch.int32)

    def fold(self):
        [convolution], [norm] = self.convolution, self.norm
        if norm is None:
            return convolution.weight, convolution.bias
        gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        return convolution.weight * gain[:, None, None, None], norm.bias - norm.running_mean * gain

    def forward(self, x):
        [convolution] = self.convolution
        weight, bias = self.fold()
        if not self.output.collects:
            weight = torch.fake_quantize_per_channel_affine(weight, self.scale, self.zero, 0, -128, 127)
        y = F.conv2d(x, weight, bias, convolution.stride, convolution.padding, convolution.dilation)
        return self.output(F.relu(y) if self.has_relu else y)


class QuantisedLinear(nn.Module):
    """A linear layer with its weights the way the product needs them, so that nothing stands between rounding and multiplying."""

    def __init__(self, linear: nn.Linear, is_positive: bool):
        super().__init__()
        self.linear = [linear]
        self.input = Range(is_positive)
        with torch.no_grad():
            self.scale = linear.weight.abs().amax(1).clamp(min=1e-8) / 127
        self.zero = torch.zeros(linear.out_features, dtype=torch.int32)

    def watch(self, _, inputs) -> None:
        self.input(inputs[0])

    def forward(self, x):
        [linear] = self.linear
        weight = torch.fake_quantize_per_channel_affine(linear.weight.t(), self.scale, self.zero, 1, -128, 127)
        return torch.matmul(self.input(x), weight) + linear.bias


class QuantisedBlock(nn.Module):
    def __init__(self, block: ResidualBlock):
        super().__init__()
        self.first = QuantisedConvolution(block.first, block.first_norm, True)
        self.second = QuantisedConvolution(block.second, block.second_norm, False)
        self.output = Range(True)

    def forward(self, x):
        return self.output(F.relu(x + self.second(self.first(x))))


def quantise(sequence: nn.Sequential) -> nn.Sequential:
    """The same computation as `sequence`, in eight bits; the last convolution, which has no norm, stays as it is."""
    modules, output = list(sequence), []
    while modules:
        module = modules.pop(0)
        if isinstance(module, Down):
            output.append(QuantisedConvolution(module[0], module[1], True))
        elif isinstance(module, ResidualBlock):
            output.append(QuantisedBlock(module))
        elif isinstance(module, nn.Conv2d) and modules and isinstance(modules[0], nn.BatchNorm2d):
            output.append(QuantisedConvolution(module, modules.pop(0), True))
            modules.pop(0)
        else:
            output.append(module)
    return nn.Sequential(*output)


class QuantisedPicture(nn.Module):
    """Both parts of the encoder that convolve, with the picture itself rounded to what its bytes can say."""

    def __init__(self, encoder: Encoder):
        super().__init__()
        self.stem = quantise(encoder.stem)
        self.project = quantise(encoder.project)

    def forward(self, image):
        return self.project(self.stem(torch.fake_quantize_per_tensor_affine(image, 1 / 255, 0, 0, 255)))


@torch.no_grad()
def quantise_encoder(encoder: Encoder, pictures) -> QuantisedPicture:
    """Finds the ranges on pictures (each B 1 H W) and fixes them."""
    quantised = QuantisedPicture(encoder).eval()
    for picture in pictures:
        quantised(picture)
    for module in quantised.modules():
        if isinstance(module, Range):
            module.collects = False
    return quantised


@torch.no_grad()
def quantise_linears(model: Recogniser, batches) -> None:
    """Makes the transformer layers compute in eight bits, with ranges found on batches as data.py gives them. The heads stay as they are."""
    layers = [*model.encoder.layers, *model.layers]
    quantised = {
        linear: QuantisedLinear(linear, linear is layer.feed.narrow)
        for layer in layers
        for linear in layer.modules()
        if isinstance(linear, nn.Linear)
    }
    hooks = [linear.register_forward_pre_hook(one.watch) for linear, one in quantised.items()]
    for image, ids, mask, *_ in batches:
        additive = (1.0 - mask)[:, None, None] * -1e4
        memory, _, _ = model.look(image, additive)
        model.decode(ids[:, :-1], memory, additive)
    for hook in hooks:
        hook.remove()
    for linear, one in quantised.items():
        one.input.collects = False
        # The layer itself stays where it is, so that its weights keep their names.
        linear.forward = one.forward
