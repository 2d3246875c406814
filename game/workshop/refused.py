"""Why an edit cannot be done."""

from __future__ import annotations


class EditRefused(Exception):
    """An edit cannot be done; the message says why, in words for the designer."""
