"""JSON as records hold it: one canonical text for each value, and nothing but that text is read."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from game.records.limits import DIGITS
from game.words import say


class BadJson(ValueError):
    """Text that is not canonical JSON; says what is wrong."""


def canonical_bytes(plain: Any) -> bytes:
    """Sorted keys, no blanks, ASCII, no decimal numbers."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def strict_value(data: bytes) -> Any:
    """The value of a canonical text. Raises BadJson for anything else, whatever the bytes."""
    try:
        text = data.decode("ascii")
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_no_float, parse_int=_whole
        )
        same = canonical_bytes(value) == data
        if "\\ud" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")  # halves of characters are no text
    except BadJson:
        raise
    except RecursionError:
        raise BadJson("it is nested too deep") from None
    except (ValueError, MemoryError) as error:
        raise BadJson(say("it is not JSON ({error})", error=error)) from None
    if not same:
        raise BadJson("it is not written in the one form that this game writes")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJson("a key stands twice in one object")
    return found


def _whole(text: str) -> int:
    if len(text) > DIGITS:
        raise BadJson(say("a number has more than {digits} digits", digits=DIGITS))
    return int(text)


def _no_float(text: str) -> NoReturn:
    raise BadJson(say("it holds the decimal number {number}", number=text[:20]))


def _no_constant(text: str) -> NoReturn:
    raise BadJson(say("it holds {name}", name=text))
