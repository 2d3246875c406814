"""What can go wrong outside the game, said in words a player can act on.

A *fault* is a situation, not a bug: a damaged file, a misspelt option, a full disk. Whoever finds one raises
the fitting class with what is wrong and what to do about it; the command line turns it into one line and an
exit code, the table into a dialog. An exception that is not a fault is a bug and ends in a crash report.
"""

from __future__ import annotations

from typing import ClassVar


class Fault(Exception):
    """Something the user can mend: what is wrong, and the remedy (may be empty when the message tells it)."""

    exit_code: ClassVar[int] = 5

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} fix: {self.remedy}" if self.remedy else self.message


class ContentFault(Fault):
    """A scenario or another file of content has errors; ``report`` tells them line by line, each with its place."""

    exit_code = 1

    def __init__(self, message: str, remedy: str = "", report: tuple[str, ...] = ()) -> None:
        super().__init__(message, remedy)
        self.report = report

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *self.report])


class UsageFault(Fault):
    """The command line asks for something that does not exist or contradicts itself."""

    exit_code = 2


class RecordFault(Fault):
    """A save or a replay cannot be used."""

    exit_code = 3


class EnvironmentFault(Fault):
    """The machine stands in the way: disk, rights, network, a missing package."""

    exit_code = 4


class NoDisplay(EnvironmentFault):
    """There is no screen to open a window on; the game can still be played without one."""
