"""One value at a time: whether a text or number is what its declaration asks for, in words for people."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from game.schema.limits import ID_PATTERN, SHORT_TEXT
from game.schema.problems import quoted
from game.schema.shapes import Flag, Number, NumberMark, Pair, Record, Row, Shape, Table, Variant, Word, WordMark
from game.schema.spec import Choice, Day, Fixed, Format, HexAt, Id, Int, Ref, SideAt, Text
from game.schema.spelling import suggestion

_ID = re.compile(ID_PATTERN)
_HEX = re.compile(r"[0-9]{4}|[0-9]{6}")
_SIDE = re.compile(r"(?:[0-9]{4}|[0-9]{6})/(?:N|NE|SE|S|SW|NW)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"[+-]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"([+-]?)(0|[1-9][0-9]*)(?:\.([0-9]+))?")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but for tab and newline, and halves of characters."""
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Characters that show nothing: a text of them alone is empty, and names that differ by them alone look alike."""
_DIGITS_READ = 12


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a value is refused, and what to write instead."""

    code: str
    what: str
    fix: str


def number_of(mark: NumberMark, text: str) -> int | Flaw:
    """The integer that a text stands for. Fractions become integers of the mark's smallest step."""
    if isinstance(mark, Fixed):
        return _fixed(mark, text)
    if not _WHOLE.fullmatch(text):
        leading = re.fullmatch(r"[+-]?0+[0-9]+", text)
        fix = f"write {text.lstrip('+-0') or '0'}, without leading zeros" if leading else f"write {asked(mark)}"
        return Flaw("Y205", f"expected {asked(mark)}, found {quoted(text)}", fix)
    if len(text) > _DIGITS_READ:
        return Flaw("Y206", f"{quoted(text)} is far outside {_span(mark)}", f"write {asked(mark)}")
    return _in_range(mark, int(text))


def _in_range(mark: NumberMark, number: int) -> int | Flaw:
    flaw = number_flaw(mark, number)
    return number if flaw is None else flaw


def _fixed(mark: Fixed, text: str) -> int | Flaw:
    match = _DECIMAL.fullmatch(text)
    if match is None or len(match[3] or "") > mark.places:
        return Flaw("Y205", f"expected {asked(mark)}, found {quoted(text)}", f"write {asked(mark)}")
    if len(match[2]) > _DIGITS_READ:
        return Flaw("Y206", f"{quoted(text)} is far outside {_span(mark)}", f"write {asked(mark)}")
    number = int(match[2] + (match[3] or "").ljust(mark.places, "0"))
    return _in_range(mark, -number if match[1] == "-" else number)


def number_flaw(mark: NumberMark, number: int) -> Flaw | None:
    """Whether a number lies in its range."""
    if isinstance(mark, Format):
        return _version_flaw(mark, number)
    places = mark.places if isinstance(mark, Fixed) else 0
    scale = 10**places
    if mark.low * scale <= number <= mark.high * scale:
        return None
    whole, part = divmod(abs(number), scale)
    shown = "-" * (number < 0) + str(whole) + (f".{part:0{places}d}" if places else "")
    return Flaw("Y206", f"{shown} is outside {_span(mark)}", f"write {asked(mark)}")


def _version_flaw(mark: Format, number: int) -> Flaw | None:
    if number == mark.version:
        return None
    if number > mark.version:
        what = f"format {number} was made for a newer version of the game, which reads up to format {mark.version}"
        return Flaw("Y207", what, "update the game")
    return Flaw("Y207", f"there is no format {number}", f"write format: {mark.version}")


def text_flaw(mark: WordMark, text: str) -> Flaw | None:
    """Whether a text is of its kind; whether a name exists, or a hex lies on the map, is judged elsewhere."""
    if isinstance(mark, Choice):
        return _choice_flaw(mark, text)
    if isinstance(mark, Text):
        return _prose_flaw(text, mark.limit, mark.lines)
    if isinstance(mark, Id) and not mark.free:
        if _ID.fullmatch(text):
            return None
        fix = "begin with a letter; use letters, digits, _ . and -, at most 48 in all"
        return Flaw("Y209", f"{quoted(text)} cannot be an id", fix)
    if isinstance(mark, (Id, Ref)):
        return _prose_flaw(text, SHORT_TEXT, lines=False)
    if isinstance(mark, Day):
        return _day_flaw(text)
    if isinstance(mark, HexAt):
        fix = "write column and row, two digits each, as 0714 (three each on maps beyond 99, as 007014)"
        return None if _HEX.fullmatch(text) else _flaw_of_kind(mark, text, fix)
    fix = "write a hex, a slash and N NE SE S SW or NW, as 0714/NE"
    return None if _SIDE.fullmatch(text) else _flaw_of_kind(mark, text, fix)


def _flaw_of_kind(mark: WordMark, text: str, fix: str) -> Flaw:
    return Flaw("Y208", f"expected {asked(mark)}, found {quoted(text)}", fix)


def _choice_flaw(mark: Choice, text: str) -> Flaw | None:
    if text in mark.words:
        return None
    return Flaw("Y210", f"{quoted(text)} is not one of {', '.join(mark.words)}", suggestion(text, mark.words))


def _prose_flaw(text: str, limit: int, lines: bool) -> Flaw | None:
    if not INVISIBLE.sub("", text).strip():
        return Flaw("Y211", "the text is empty", "write at least one letter, or leave the key out if it is optional")
    if len(text) > limit:
        return Flaw("Y211", f"the text has {len(text)} characters, more than {limit}", "shorten it")
    if not lines and "\n" in text:
        return Flaw("Y211", "the text has more than one line", "write it on one line")
    if _CONTROL.search(text):
        return Flaw("Y104", "the text holds a control character", "delete it")
    return None


def _day_flaw(text: str) -> Flaw | None:
    if not _DAY.fullmatch(text):
        return Flaw("Y212", f"expected a date, found {quoted(text)}", "write year-month-day, as 2017-09-05")
    try:
        date.fromisoformat(text)
    except ValueError:
        return Flaw("Y212", f"there is no day {text}", "write a date of the calendar, as 2017-09-05")
    return None


def tidy(mark: WordMark, text: str) -> str:
    """A text as it is kept: composed letters, so that names which look the same are the same."""
    if isinstance(mark, Text) and mark.lines:
        text = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
    return unicodedata.normalize("NFC", text)


def _span(mark: NumberMark) -> str:
    if isinstance(mark, Format):
        return f"the known formats, 1 to {mark.version}"
    return f"{mark.low} to {mark.high}" + (f" {mark.unit}" if mark.unit else "")


def asked(what: Shape | WordMark | NumberMark) -> str:
    """What a file should hold here, in words."""
    match what:
        case Number(mark) | Word(mark):
            return asked(mark)
        case Int():
            return f"a whole number from {_span(what)}"
        case Fixed():
            return f"a number from {_span(what)} with at most {what.places} decimals"
        case Format():
            return "the number of the file format"
        case Flag():
            return "true or false"
        case Choice(words=words):
            return words[0] if len(words) == 1 else f"one of {', '.join(words)}"
        case Id(free=True):
            return "a name"
        case Id(kind=kind):
            return f"an id for this {kind.replace('_', ' ')}"
        case Ref(kind=kind, also=also):
            article = "an" if kind[0] in "aeio" else "a"  # a unit, but an event
            return f"the id of {article} {kind.replace('_', ' ')}" + "".join(f" or {word}" for word in also)
        case HexAt():
            return "a hex such as 0714"
        case SideAt():
            return "a hexside such as 0714/NE"
        case Day():
            return "a date such as 2017-09-05"
        case Row() | Pair():
            return "a list"
        case Table() | Record() | Variant():
            return "a mapping"
        case Text(lines=lines):
            return "text" if lines else "text on one line"
    return "a mapping"
