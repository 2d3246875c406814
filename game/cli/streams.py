"""The three standard streams made fit for use: all there, and none that a text could take over.

A windowed Python starts programs without any, a service or a shell may close them, and a name may hold what moves a
terminal's cursor. Nothing heavy is imported here: every start passes this way.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import TextIO, cast

_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


def open_missing() -> None:
    """Put in place of each closed stream one where what is written vanishes, and in which there is nothing to read.

    The numbers 0 to 2 are filled first: otherwise the next file that is opened would get one of them, and what a
    library or another program prints would end up in a save.
    """
    for number, (name, mode) in enumerate(_STREAMS):
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            os.set_inheritable(number, True)
        if getattr(sys, name) is None:
            stream = open(number, mode, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)


def complain(text: str) -> None:
    """Say something on standard error; that nobody is there to hear it must not end a game."""
    with contextlib.suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()


class SafeText:
    """A stream that writes out (``\\x1b``) what would move a terminal's cursor or turn its text around.

    ``beneath`` is the stream itself, for what may do that, such as a progress bar.
    """

    def __init__(self, beneath: TextIO) -> None:
        self.beneath = beneath

    def write(self, text: str) -> int:
        """Write a text of any number of lines."""
        if not text.replace("\n", "").isprintable():
            from game.schema.problems import safe

            self.beneath.write("\n".join(map(safe, text.split("\n"))))
        else:
            self.beneath.write(text)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts one after another."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        return getattr(self.beneath, name)


@contextlib.contextmanager
def safe_streams() -> Iterator[None]:
    """While this lasts, standard output and error are safe, and a terminal without Arabic shows escapes."""
    before = sys.stdout, sys.stderr
    for stream in before:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.stdout, sys.stderr = (cast(TextIO, SafeText(stream)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
