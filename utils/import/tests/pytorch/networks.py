# Part of the tasd project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Small networks, and factories as the importer takes them."""

import torch
from torch import nn


class Encoder(nn.Module):
    """Attention and a feed-forward part, each beside a short cut."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(32, 4, batch_first=True)
        self.norm = nn.LayerNorm(32)
        self.up, self.down = nn.Linear(32, 64), nn.Linear(64, 32)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.norm(x)
        x = x + self.attention(y, y, y, need_weights=False)[0]
        return x + self.down(nn.functional.gelu(self.up(x)))


class Network(nn.Module):
    """Patches by a convolution, an encoder, a head."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 32, 4, stride=4), nn.BatchNorm2d(32), nn.ReLU())
        self.encoder, self.head = Encoder(), nn.Linear(32, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x).flatten(2).transpose(1, 2)
        return self.head(self.encoder(x).mean(1))


class Grouped(nn.Module):
    """What computes with constants of its own, and GELU as in GPT-2."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.norm = nn.Conv2d(3, 8, 3), nn.GroupNorm(2, 8)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return nn.functional.gelu(self.norm(self.conv(x)), approximate="tanh")


class Counter(nn.Module):
    """Keeps state."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("calls", torch.zeros(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        return x * self.calls


class Sorter(nn.Module):
    """An op that the converter has no linalg for."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.sort(x)[0]


def make_network(dtype: torch.dtype = torch.float32) -> tuple[nn.Module, tuple[torch.Tensor]]:
    torch.manual_seed(0)
    return Network().to(dtype), (torch.randn(2, 3, 16, 16, dtype=dtype),)


def make_bfloat16() -> tuple[nn.Module, tuple[torch.Tensor]]:
    return make_network(torch.bfloat16)


def make_grouped() -> tuple[nn.Module, tuple[torch.Tensor]]:
    torch.manual_seed(0)
    return Grouped(), (torch.randn(1, 3, 16, 16),)


def make_counter() -> tuple[nn.Module, tuple[torch.Tensor]]:
    return Counter(), (torch.ones(4),)


def make_sorter() -> tuple[nn.Module, tuple[torch.Tensor]]:
    return Sorter(), (torch.ones(4),)


def make_nothing() -> int:
    return 3


def make_empty() -> tuple[()]:
    return ()


def make_mistake() -> None:
    raise ValueError("mistake")
