"""The bytes of one file from a stranger: bounded, and never those of a pipe or a device."""

from __future__ import annotations

from pathlib import Path

from game.schema import limits
from game.schema.nodes import SourceText
from game.schema.problems import Problem


def file_bytes(path: Path, name: str, limit: int = limits.FILE_BYTES) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a regular file, one more than allowed at most; a pipe or a device is never opened."""
    if path.exists() and not path.is_file():
        return None, [SourceText(name).problem(1, 1, "Y101", "this is not a file", "put a file of that name there")]
    try:
        with path.open("rb") as stream:
            return stream.read(limit + 1), []
    except OSError as error:
        what = f"the file cannot be read ({error.strerror or type(error).__name__})"
        return None, [SourceText(name).problem(1, 1, "Y101", what, "make it a readable file")]
