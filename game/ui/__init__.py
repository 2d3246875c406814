"""The table: everything that draws, sounds and listens. The only package that may import pygame."""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # else a banner on standard output
