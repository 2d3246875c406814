"""A ledger: named terms and their total. One calculation for the resolver, the forecast, the log and the AI.

Whatever a rule adds up (columns of odds, percent of risk, victory points) it hands out as a ledger, so that
every number can say in words where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a ledger: what it is, and by how much it counts.

    ``unit`` names the unit that brings it about: for whoever commands it, and never in what an enemy may read.
    """

    words: str
    value: int
    unit: str = ""

    @property
    def named(self) -> str:
        """The words, with the unit."""
        return f"{self.words}: {self.unit}" if self.unit else self.words

    def __str__(self) -> str:
        return f"{self.value:+d} {self.words}"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Terms, which add up to the total; where a rule caps it, a term of its own says so."""

    terms: tuple[Term, ...]

    @property
    def total(self) -> int:
        """The sum of all terms."""
        return sum(term.value for term in self.terms)

    def __str__(self) -> str:
        return ", ".join(map(str, self.terms)) or "nothing"


def ledger(terms: Iterable[Term], low: int | None = None, high: int | None = None) -> Ledger:
    """A ledger of terms, those worth nothing left out; a bound that bites becomes a term of its own."""
    kept = tuple(term for term in terms if term.value)
    total = sum(term.value for term in kept)
    held = total if low is None else max(low, total)
    held = held if high is None else min(high, held)
    if held != total:
        kept = (*kept, Term(f"limit of {held:+d}", held - total))
    return Ledger(kept)
