"""The rulebook with the numbers in force, its tables, and its examples that the engine plays."""

from __future__ import annotations

from game.rulebook.printing import book, filled, pages

__all__ = ["book", "filled", "pages"]
