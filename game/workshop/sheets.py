"""The texts of a scenario while one edit is at work on them: all of it is written, or nothing."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """An edit cannot be done; the message says why, in words for the designer."""


class Sheets:
    """The files of a scenario by name, as bytes; what an edit writes stays here until all of it has worked."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._written: dict[str, bytes] = {}

    def data(self, name: str) -> bytes | None:
        """The bytes of a file, None when there is none."""
        return self._written.get(name, self._files.get(name))

    def put(self, name: str, data: bytes) -> None:
        """Write a whole file."""
        self._written[name] = data

    @property
    def written(self) -> Mapping[str, bytes]:
        """What was changed, by file."""
        return {name: data for name, data in self._written.items() if data != self._files.get(name)}
