"""How a key of a scenario or rules file is declared: marks for ``typing.Annotated`` on frozen dataclasses.

One declaration serves the loader, the check, the format reference, the editors' JSON Schema and the engine,
so this module needs the standard library only. A dataclass is a YAML mapping, its docstring describes the
mapping, each field is a key:

    @dataclass(frozen=True, slots=True)
    class UnitType:
        \"\"\"What all units of one type share.\"\"\"

        attack: Annotated[int, Int(0, 20, "strength a step", "what a step counts in an attack")]
        mobility: Annotated[str, Ref("mobility", "which column of the movement table it uses")]
        traits: Annotated[tuple[Trait, ...], Doc("what it can do beyond moving and fighting")] = ()
        range_: Annotated[int, Int(0, 6, "hexes", "how far it bombards; 0: not at all")] = 0

- A field without a default must be in the file; with one it may be left out. ``None`` as default: "not given".
- ``tuple[X, ...]`` is a list, ``tuple[X, Y]`` a list of exactly two, ``Mapping[K, V]`` a table with free keys.
- ``bool`` is ``true`` or ``false``. ``Literal["a", "b"]`` and ``Choice`` are closed lists of words; a table with
  such keys must hold all of them, unless it is marked with a ``Size``. ``str`` without a mark is a short text.
- ``Annotated[A | B, OneOf("do")]`` is a mapping whose key ``do`` (a ``Literal`` in each) says which class it is.
- A trailing underscore is not part of the key: ``from_`` is ``from`` in the file.
- Marks nest where types nest: ``Annotated[tuple[Annotated[int, Int(1, 6)], ...], Size(6, 6), Doc("...")]``.
- A dataclass may have ``contradictions(self)``, which yields what no single key can be blamed for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from game.schema.limits import INTEGER, LONG_TEXT, SHORT_TEXT


@dataclass(frozen=True, slots=True)
class Int:
    """A whole number from ``low`` to ``high``; ``unit`` is what it counts."""

    low: int = -INTEGER
    high: int = INTEGER
    unit: str = ""
    doc: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A decimal number in the file, kept as the integer ``number * 10**places``: nothing in the game is a float.

    ``low`` and ``high`` bound the number as written, in whole units.
    """

    low: int
    high: int
    places: int
    unit: str = ""
    doc: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people, at least one character; ``lines`` allows several lines."""

    limit: int = SHORT_TEXT
    doc: str = ""
    example: str = ""
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Id:
    """The name by which other keys refer to this thing; unique among all of its ``kind``.

    ``free`` allows any short text ("Deir ez-Zor airport"); otherwise letters, digits, ``_ . -``.
    """

    kind: str
    doc: str = ""
    example: str = ""
    free: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of a thing of some ``kind`` declared elsewhere, or one of the words in ``also``."""

    kind: str
    doc: str = ""
    example: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HexAt:
    """The label of a hex of the map, quoted or not."""

    doc: str = ""
    example: str = "0714"


@dataclass(frozen=True, slots=True)
class SideAt:
    """The label of a hexside of the map."""

    doc: str = ""
    example: str = "0714/NE"


@dataclass(frozen=True, slots=True)
class Day:
    """A date, year first; kept as text, which sorts as dates do."""

    doc: str = ""
    example: str = "2017-09-05"


@dataclass(frozen=True, slots=True, init=False)
class Choice:
    """One of a closed list of words, where the list is computed; otherwise ``Literal`` is plainer."""

    words: tuple[str, ...]
    doc: str
    example: str

    def __init__(self, *words: str, doc: str = "", example: str = "") -> None:
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "doc", doc)
        object.__setattr__(self, "example", example)


@dataclass(frozen=True, slots=True)
class Doc:
    """What a key means, for types that have no mark of their own."""

    doc: str
    example: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Size:
    """How many entries a list or table may have; ``unique`` forbids the same entry twice."""

    low: int = 0
    high: int = INTEGER
    unique: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """Which key of a mapping says what kind of thing it is."""

    tag: str


@dataclass(frozen=True, slots=True)
class Format:
    """The version of the file format: ``format: 1`` at the head of each file."""

    version: int = 1
    doc: str = "version of the file format; newer versions of the game may raise it"
    example: str = "1"


@dataclass(frozen=True, slots=True)
class Overrides:
    """A mapping that is merged into other files before they are read; here it is kept unread."""

    doc: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two keys of one mapping that cannot both hold; ``key`` is where the author should look first."""

    key: str
    what: str
    fix: str
    code: str = "Y220"


FormatVersion = Annotated[int, Format(1)]
Hex = Annotated[str, HexAt()]
Side = Annotated[str, SideAt()]
Date = Annotated[str, Day()]
Name = Annotated[str, Text(80, "the name shown to players")]
Prose = Annotated[str, Text(LONG_TEXT, "text for people, of one or more lines", lines=True)]
