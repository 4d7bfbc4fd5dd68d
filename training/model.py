"""The recogniser: convolution stem to 1/8, transformer encoder with 2-D positions, autoregressive transformer decoder."""

import math

import torch
from torch import nn
from torch.nn import functional as F

WIDTH = 192
# Few heads over the picture: its attention maps are the largest tensors of all.
ENCODER_HEADS = 3
DECODER_HEADS = 4
ENCODER_LAYERS = 2
DECODER_LAYERS = 4
HIDDEN = 768
# The decoder layer whose first head is taught to look at the cell of the sign that is written next.
POINTING_LAYER = 2
MAXIMUM_TOKENS = 256
MAXIMUM_ROWS = 64
# The widest canvas (912 pixels), enlarged by 1.18 and with some slack.
MAXIMUM_COLUMNS = 144


def sinusoid(length: int, width: int) -> torch.Tensor:
    """Fixed position codes, one row a position."""
    place = torch.arange(length).float()[:, None]
    rate = torch.exp(torch.arange(0, width, 2).float() * (-math.log(10000.0) / width))[None]
    return torch.cat([torch.sin(place * rate), torch.cos(place * rate)], 1)


class ResidualBlock(nn.Module):
    def __init__(self, channels: int, reach: int = 1):
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=reach, dilation=reach, bias=False)
        self.first_norm = nn.BatchNorm2d(channels)
        self.second = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.second_norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        y = F.relu(self.first_norm(self.first(x)))
        return F.relu(x + self.second_norm(self.second(y)))


class Down(nn.Sequential):
    def __init__(self, before: int, after: int, kernel: int):
        super().__init__(
            nn.Conv2d(before, after, kernel, stride=2, padding=kernel // 2, bias=False),
            nn.BatchNorm2d(after),
            nn.ReLU(),
        )


def split_heads(x, heads):
    """B T W -> B H T D"""
    return x.reshape(x.shape[0], x.shape[1], heads, WIDTH // heads).transpose(1, 2)


def attend(query, key, value, mask=None):
    """Stays in the type of its inputs: under autocast a softmax in float32 would cost more than all convolutions."""
    with torch.autocast("cpu", enabled=False):
        scores = torch.matmul(query * query.shape[3] ** -0.5, key.transpose(2, 3))
        if mask is not None:
            scores = scores + mask.to(scores.dtype)
        mixed = torch.matmul(torch.softmax(scores, -1), value)
        return mixed.transpose(1, 2).reshape(mixed.shape[0], mixed.shape[2], WIDTH)


class FeedForward(nn.Module):
    def __init__(self):
        super().__init__()
        self.widen = nn.Linear(WIDTH, HIDDEN)
        self.narrow = nn.Linear(HIDDEN, WIDTH)

    def forward(self, x):
        return self.narrow(F.relu(self.widen(x)))


class EncoderLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.feed_norm = nn.LayerNorm(WIDTH)
        self.feed = FeedForward()

    def forward(self, x, mask):
        query, key, value = self.qkv(self.norm(x)).chunk(3, -1)
        x = x + self.out(attend(*(split_heads(part, ENCODER_HEADS) for part in (query, key, value)), mask))
        return x + self.feed(self.feed_norm(x))


class DecoderLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.cross_norm = nn.LayerNorm(WIDTH)
        self.cross_query = nn.Linear(WIDTH, WIDTH)
        self.cross_key_value = nn.Linear(WIDTH, 2 * WIDTH)
        self.cross_out = nn.Linear(WIDTH, WIDTH)
        self.feed_norm = nn.LayerNorm(WIDTH)
        self.feed = FeedForward()

    def project_memory(self, memory):
        key, value = self.cross_key_value(memory).chunk(2, -1)
        return split_heads(key, DECODER_HEADS), split_heads(value, DECODER_HEADS)

    def forward(self, x, memory_key, memory_value, self_mask, memory_mask, past=None):
        query, key, value = (split_heads(part, DECODER_HEADS) for part in self.qkv(self.norm(x)).chunk(3, -1))
        if past is not None:
            key = torch.cat([past[0], key], 2)
            value = torch.cat([past[1], value], 2)
        x = x + self.out(attend(query, key, value, self_mask))
        query = split_heads(self.cross_query(self.cross_norm(x)), DECODER_HEADS)
        self.pointing = (query[:, 0], memory_key[:, 0])
        x = x + self.cross_out(attend(query, memory_key, memory_value, memory_mask))
        return x + self.feed(self.feed_norm(x)), key, value


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(
            Down(1, 32, 5),
            Down(32, 64, 3),
            ResidualBlock(64),
            ResidualBlock(64),
            Down(64, 128, 3),
            ResidualBlock(128),
            ResidualBlock(128),
            ResidualBlock(128),
        )
        self.project = nn.Sequential(
            nn.Conv2d(128, WIDTH, 3, padding=1, bias=False),
            nn.BatchNorm2d(WIDTH),
            nn.ReLU(),
            ResidualBlock(WIDTH),
            ResidualBlock(WIDTH, 2),
            ResidualBlock(WIDTH, 2),
            nn.Conv2d(WIDTH, WIDTH, 1),
        )
        self.register_buffer("row_code", sinusoid(MAXIMUM_ROWS, WIDTH // 2), persistent=False)
        self.register_buffer("column_code", sinusoid(MAXIMUM_COLUMNS, WIDTH // 2), persistent=False)
        self.layers = nn.ModuleList(EncoderLayer() for _ in range(ENCODER_LAYERS))
        self.norm = nn.LayerNorm(WIDTH)

    def convolve(self, image):
        return self.project(self.stem(image))

    def look(self, image):
        """What the convolutions see in image (B 1 H W, ink 0…1): B S W."""
        grid = self.convolve(image)
        rows, columns = grid.shape[2], grid.shape[3]
        down = self.row_code[:rows].transpose(0, 1)[:, :, None].expand(-1, -1, columns)
        across = self.column_code[:columns].transpose(0, 1)[:, None, :].expand(-1, rows, -1)
        grid = grid + torch.cat([down, across], 0)[None]
        return grid.flatten(2).transpose(1, 2)

    def relate(self, x, mask=None):
        """Lets every cell know of the others. mask: B 1 1 S, 0 or a large negative number."""
        for layer in self.layers:
            x = layer(x, mask)
        return self.norm(x)


class Recogniser(nn.Module):
    def __init__(self, tokens: int):
        super().__init__()
        self.encoder = Encoder()
        self.embed = nn.Embedding(tokens, WIDTH)
        nn.init.normal_(self.embed.weight, std=WIDTH**-0.5)
        self.register_buffer("token_code", sinusoid(MAXIMUM_TOKENS, WIDTH), persistent=False)
        self.layers = nn.ModuleList(DecoderLayer() for _ in range(DECODER_LAYERS))
        self.norm = nn.LayerNorm(WIDTH)
        self.printed = nn.Linear(WIDTH, 1)
        # Which sign stands here: generated images know, and being told is far quicker than finding out from whole labels.
        self.glyph = nn.Linear(WIDTH, tokens)
        # By how many quarter turns clockwise a picture becomes upright; learned last, from what the rest sees (side.py).
        self.side = nn.Sequential(nn.Linear(2 * WIDTH, 96), nn.ReLU(), nn.Linear(96, 5))

    def look(self, image, mask=None):
        """The memory to read from (B S W), what sign stands in each cell (B S tokens) and what the convolutions saw (B S W). The guess of the sign goes into the memory
        as that sign's embedding, so that reading is mostly finding the right cell and copying."""
        features = self.encoder.look(image)
        glyphs = self.glyph(features)
        with torch.autocast("cpu", enabled=False):
            guess = torch.matmul(torch.softmax(glyphs, -1), self.embed.weight.to(glyphs.dtype)) * WIDTH**0.5
        return self.encoder.relate(features + guess, mask), glyphs, features

    def embed_tokens(self, ids, start: int = 0):
        codes = self.token_code[start : start + ids.shape[1]]
        return self.embed(ids) * WIDTH**0.5 + codes

    def decode(self, ids, memory, memory_mask):
        """Teacher forcing: logits for every position."""
        x = self.embed_tokens(ids)
        length = ids.shape[1]
        causal = torch.full((length, length), -1e4).triu(1)
        for layer in self.layers:
            key, value = layer.project_memory(memory)
            x, _, _ = layer(x, key, value, causal, memory_mask)
        return F.linear(self.norm(x), self.embed.weight)

    def point(self, memory_mask):
        """Where the taught head of the last decode() looked, before the softmax: B T S."""
        query, key = self.layers[POINTING_LAYER].pointing
        return torch.matmul(query.float() * query.shape[2] ** -0.5, key.float().transpose(1, 2)) + memory_mask[:, 0]

    def judge_side(self, cells, mask=None):
        """Logits of the four quarter turns, B 4: every cell gives its own, and says how much they count.
        cells: B S 2W, what the encoder and the convolutions saw; mask: B S, 1 where the picture is."""
        said = self.side(cells)
        weight = said[:, :, 4]
        if mask is not None:
            weight = weight - 1e4 * (1 - mask)
        return (torch.softmax(weight, 1)[:, :, None] * said[:, :, :4]).sum(1)

    def forward(self, image, ids, grid_mask, places, steps):
        """grid_mask: B S, 1 where the image is; places: N 2, picture and cell of known glyphs; steps: M 2, picture and position of
        tokens whose cell is known. Returns logits, printed logit, glyph logits, pointing logits."""
        additive = (1.0 - grid_mask)[:, None, None] * -1e4
        memory, glyphs, features = self.look(image, additive)
        logits = self.decode(ids, memory, additive)
        share = grid_mask / grid_mask.sum(1, keepdim=True)
        printed = self.printed((features * share[:, :, None]).sum(1))[:, 0]
        pointing = self.point(additive)[steps[:, 0], steps[:, 1]]
        return logits, printed, glyphs[places[:, 0], places[:, 1]], pointing
