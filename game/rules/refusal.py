"""Why an order cannot be carried out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A broken rule, by its number in the rulebook, in words that name what was wrong."""

    rule: str
    why: str

    def __str__(self) -> str:
        return f"{self.why} (rule {self.rule})"
