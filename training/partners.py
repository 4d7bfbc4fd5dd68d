"""Several trainers of one model, each with a core and shards of its own: now and then they average their weights.

No trainer waits for another, so one that has to yield its core for a while holds nobody up. What a partner has learned since the last
exchange counts by the number of its steps.
"""

import os

import torch

EVERY = 40


class Partners:
    def __init__(self, own: str, others: list[str], step: int):
        self.own = own
        self.others = others
        self.known = {other: self.read(other)[0] for other in others}
        self.last = step

    @staticmethod
    def path(run: str) -> str:
        return f"{run}/published.pt"

    @classmethod
    def read(cls, run: str):
        """Step and weights that a trainer published last; step 0 before the first time."""
        if not os.path.exists(cls.path(run)):
            return 0, {}
        saved = torch.load(cls.path(run))
        return saved["step"], saved["model"]

    @torch.no_grad()
    def exchange(self, model: torch.nn.Module, step: int) -> None:
        """Every few steps: takes in what the partners published since, and publishes the own weights."""
        if not self.others or step % EVERY != 0:
            return
        own, own_steps = model.state_dict(), step - self.last
        self.last = step
        for other in self.others:
            their_step, theirs = self.read(other)
            their_steps = their_step - self.known[other]
            self.known[other] = their_step
            if not 0 < their_steps <= 10 * EVERY:
                continue
            for name, value in own.items():
                if value.is_floating_point():
                    value.lerp_(theirs[name], their_steps / (own_steps + their_steps))
        torch.save({"step": step, "model": own}, self.path(self.own) + ".new")
        os.replace(self.path(self.own) + ".new", self.path(self.own))
