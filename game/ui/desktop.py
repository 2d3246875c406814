"""How much larger the desktop wants everything: the scale that a person has set for a screen with fine pixels."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pygame

USUAL = 96
"""Dots an inch of a screen whose scale is 1."""
LARGEST = 4.0
NAMES = ("GDK_SCALE", "QT_SCALE_FACTOR")
"""Where desktops on X11 tell programs their scale."""
LONGEST = 100_000
"""Characters of a file of resources that are read."""


@cache
def desktop_scale() -> float:
    """1 for the usual screen, 2 for one with twice as many pixels an inch; 1 where the desktop does not say.

    That is for X11 alone: Windows, a Mac and Wayland scale windows themselves.
    """
    if not pygame.display.get_init() or pygame.display.get_driver() != "x11":
        return 1.0
    told = ""
    with (
        contextlib.suppress(OSError, RuntimeError, UnicodeDecodeError),
        (Path.home() / ".Xresources").open(encoding="utf-8") as file,
    ):
        told = file.read(LONGEST)
    return scale_told(os.environ, told)


def scale_told(environment: Mapping[str, str], resources: str) -> float:
    """The scale that a desktop tells in the environment of its programs, else by the ``Xft.dpi`` of its resources."""
    for name in NAMES:
        with contextlib.suppress(KeyError, ValueError):
            return _bounded(float(environment[name]))
    for line in resources.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "Xft.dpi":
            with contextlib.suppress(ValueError):
                return _bounded(float(value) / USUAL)
    return 1.0


def _bounded(scale: float) -> float:
    """A scale within reason; raises ValueError for what is no number ("nan" is one to Python)."""
    if scale != scale:
        raise ValueError("no number")
    return max(1.0, min(LARGEST, scale))
