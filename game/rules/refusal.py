"""Why an order cannot be carried out."""

from __future__ import annotations

from dataclasses import dataclass

from game.words import say, sentence


@dataclass(frozen=True, slots=True)
class Refusal:
    """A broken rule, by its number in the rulebook, and a clause that says what is wrong: "Guns is cut off"."""

    rule: str
    why: str

    def __str__(self) -> str:
        return say("{why} (rule {rule}).", why=sentence(self.why), rule=self.rule)
