"""Texts for the player: how a sentence is filled in, and how numbers, plurals and lists are written.

Every text is a whole sentence or a whole label, written in the code as a template with named places, in the first
argument of one of two functions. A translator finds them all by looking for calls of ``say`` and ``count``:

>>> say("{unit} is cut off.", unit="1st Battalion")
'1st Battalion is cut off.'
>>> [count(number, "{n} step", "{n} steps") for number in (0, 1, 2)]
['0 steps', '1 step', '2 steps']
>>> count(0, "{n} unused point", "{n} unused points", none="no unused points")
'no unused points'

Numbers are written here and nowhere else: ``percent(25)`` is 25%, ``signed(-1)`` is −1 with a true minus sign.
Nothing may depend on what a text says: rules and panels decide by codes.
"""

from __future__ import annotations

from collections.abc import Sequence

MINUS = "\N{MINUS SIGN}"


def say(template: str, /, **places: object) -> str:
    """A text of the player with its places filled in; raises KeyError for a place that is not given.

    Whole numbers are written with a true minus sign.
    """
    if not places:
        return template
    for name, value in places.items():  # asked for thousands of times a second: most numbers stay as they are
        if isinstance(value, int) and value < 0:
            places[name] = _shown(value)
    return template.format_map(places)


def count(number: int, one: str, many: str, *, none: str = "", **places: object) -> str:
    """The form of a text that fits a number: ``none`` for 0 where it is given, ``one`` for 1, else ``many``.

    The number stands at ``{n}``, with thousands marked: 100,000.
    """
    template = none if number == 0 and none else one if number == 1 else many
    return say(template, n=f"{number:,}".replace("-", MINUS), **places)


def percent(number: int) -> str:
    """A share in percent: 25%."""
    return f"{_shown(number)}%"


def signed(number: int) -> str:
    """A number with its sign, and 0 without one: +1, −1."""
    return f"{number:+d}".replace("-", MINUS) if number else "0"


def tenths(number: int, *, sign: bool = False) -> str:
    """Victory points, which are kept in tenths: 15 is 1.5, and 20 is 2; with ``sign`` +1.5."""
    whole, rest = divmod(abs(number), 10)
    before = MINUS if number < 0 else "+" if sign and number else ""
    return f"{before}{whole}.{rest}" if rest else f"{before}{whole}"


def listed(items: Sequence[str], last: str = " and ") -> str:
    """Things in a row: "a", "a and b", "a, b and c"."""
    return last.join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else "".join(items)


def sentence(text: str) -> str:
    """A text that opens a sentence or a label: its first letter is a capital one, the others stay."""
    return text[:1].upper() + text[1:]


def _shown(value: object) -> object:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return str(value).replace("-", MINUS) if whole else value
