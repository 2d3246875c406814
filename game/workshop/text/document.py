"""A YAML file that is changed value by value. Each change is cut into the text, read again, and compared with
what was wanted: a layout that this module does not understand is refused and never spoilt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import yaml

from game.workshop.refused import EditRefused
from game.workshop.text.blocks import Unusual, first_items, new_items, new_pair, without_item, without_pair
from game.workshop.text.letters import Cut, Letters
from game.workshop.text.lists import differences, flow_insert, flow_remove
from game.workshop.text.marks import ListMark, Mark, TableMark, TextMark, mark_at, marked
from game.workshop.text.prose import rewritten
from game.workshop.text.writing import Value, as_text, flow, scalar

Path: TypeAlias = tuple[str | int, ...]


class Document:
    """A YAML text and its tree. Paths lead through keys and numbers of items: ("units", 3, "hex")."""

    __slots__ = ("name", "data", "letters", "root")

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._read(data)

    def _read(self, data: bytes) -> None:
        try:
            letters = Letters(data)
            root = marked(letters)
        except (yaml.YAMLError, ValueError, LookupError, RecursionError) as error:
            raise EditRefused(f"{self.name} is not valid YAML now: fix it as text first") from error
        self.data, self.letters, self.root = data, letters, root

    # --- looking ----------------------------------------------------------------------------------------------------

    def mark(self, *path: str | int) -> Mark | None:
        """The value at a path with its place, None where there is none."""
        return mark_at(self.root, path)

    def plain(self, *path: str | int) -> Any:
        """The value at a path as texts, lists and mappings; None where there is none."""
        found = self.mark(*path)
        return None if found is None else found.plain()

    def items(self, *path: str | int) -> list[Any]:
        """The list at a path, empty where there is none."""
        found = self.plain(*path)
        return found if isinstance(found, list) else []

    # --- mappings ---------------------------------------------------------------------------------------------------

    def set(self, path: Path, value: Value, order: Sequence[str] = ()) -> None:
        """Give a key of a mapping a value; a new key comes where ``order``, the keys as declared, has it."""
        table, name = self._table(path)
        if name in table.values:
            self.replace(path, value)
            return
        wanted: dict[str, Any] = {k: v.plain() for k, v in table.values.items()}
        wanted[name] = _plain(value)
        cuts = new_pair(self.letters, table, name, value, order, sections=table is self.root)
        self._cut(cuts, path[:-1], wanted)

    def rekey(self, path: Path, key: str, value: Value | None = None) -> None:
        """Rename a key of a mapping in its place, and give it another value where one is given."""
        table, old = self._table(path)
        if old not in table.keys:
            raise EditRefused(f"{self.name}: {_shown(path)} is not there")
        if key in table.keys:
            raise EditRefused(f"{self.name}: there is a {key} already")
        name, present = table.keys[old], table.values[old]
        cuts = [Cut(name.start, name.end, scalar(key, name.style))]
        if value is not None:
            cuts.append(Cut(present.start, present.end, flow(value)))
        wanted = {k: v.plain() for k, v in table.values.items()}
        wanted = {(key if k == old else k): v for k, v in wanted.items()}
        if value is not None:
            wanted[key] = _plain(value)
        self._cut(cuts, path[:-1], wanted)

    def drop(self, path: Path) -> None:
        """Take a key out of a mapping; nothing happens where it is not."""
        table, name = self._table(path)
        if name in table.values:
            wanted = {k: v.plain() for k, v in table.values.items() if k != name}
            self._cut(self._cuts(path, without_pair, table, list(table.values).index(name)), path[:-1], wanted)

    def _table(self, path: Path) -> tuple[TableMark, str]:
        table, key = self.mark(*path[:-1]), path[-1]
        if not isinstance(table, TableMark) or not isinstance(key, str):
            raise EditRefused(f"{self.name}: {_shown(path)} is not there")
        return table, key

    # --- lists ------------------------------------------------------------------------------------------------------

    def insert(self, path: Path, index: int, *values: Value, spread: bool = False) -> None:
        """Put items into a list, laid out like their neighbours; ``spread``: a line a key where there are none."""
        if self.mark(*path) is None and len(path) == 1:
            self.set(path, [])
        found = self.mark(*path)
        if not isinstance(found, ListMark):
            raise EditRefused(f"{self.name}: {_shown(path)} is no list")
        wanted = [item.plain() for item in found.items]
        wanted[index:index] = [_plain(value) for value in values]
        above = self.mark(*path[:-1])
        if found.items and not found.flow:
            cuts = new_items(self.letters, found, index, values)
        elif found.items or not isinstance(above, TableMark) or above.flow:
            cuts = flow_insert(self.letters, found, index, [flow(value) for value in values])
        else:
            cuts = first_items(self.letters, self.root, above, str(path[-1]), values, spread=spread)
        self._cut(cuts, path, wanted)

    def append(self, path: Path, *values: Value, spread: bool = False) -> None:
        """Put items at the end of a list."""
        self.insert(path, len(self.items(*path)), *values, spread=spread)

    def remove(self, path: Path) -> None:
        """Take an item out of a list; a comment on its own lines goes with it, others stay."""
        *above, index = path
        found = self.mark(*above)
        if not isinstance(found, ListMark) or not isinstance(index, int) or not 0 <= index < len(found.items):
            raise EditRefused(f"{self.name}: {_shown(path)} is not there")
        wanted = [item.plain() for number, item in enumerate(found.items) if number != index]
        if found.flow:
            cuts = flow_remove(self.letters, found, index, index + 1)
        else:
            cuts = self._cuts(path, without_item, self.mark(*above[:-1]), above[-1] if above else 0, found, index)
        self._cut(cuts, tuple(above), wanted)

    # --- values -----------------------------------------------------------------------------------------------------

    def replace(self, path: Path, value: Value) -> None:
        """Another value in the place of one that is there."""
        found = self.mark(*path)
        if found is None:
            raise EditRefused(f"{self.name}: {_shown(path)} is not there")
        if found.plain() == _plain(value):
            return
        if isinstance(found, ListMark) and not isinstance(value, (str, int, Mapping)) and found.items and value:
            self._relist(path, found, value)
        elif isinstance(found, TableMark) and isinstance(value, Mapping) and found.values and value:
            self._retable(path, value)
        elif isinstance(found, TextMark) and isinstance(value, (str, int)):
            self._cut([Cut(found.start, found.end, rewritten(self.letters, found, value))], path, _plain(value))
        else:
            blank = " " * (found.start == found.end)
            self._cut([Cut(found.start, found.end, blank + flow(value))], path, _plain(value))

    def respell(self, places: Sequence[tuple[int, int]], text: str) -> None:
        """Another text for the single values and keys at these lines and columns, counted from 1."""
        starts = {self.letters.offset(line - 1, column - 1) for line, column in places}
        marks = [mark for mark in _singles(self.root) if mark.start in starts]
        if len(marks) != len(starts):
            raise EditRefused(_UNUSUAL.format(self.name, text))
        cuts = [Cut(mark.start, mark.end, scalar(text, mark.style)) for mark in marks]
        self._cut(cuts, (), _respelt(self.root, starts, text))

    def _retable(self, path: Path, value: Mapping[str, Value]) -> None:
        for key, item in value.items():
            self.set((*path, key), item)
        for key in self.plain(*path):
            if key not in value:
                self.drop((*path, key))

    def _relist(self, path: Path, found: ListMark, value: Sequence[Value]) -> None:
        """The items that differ give way, those that stay keep their place in the text."""
        old, new = [item.plain() for item in found.items], [_plain(item) for item in value]
        for first, last, first_new, last_new in reversed(differences(old, new)):
            same = min(last - first, last_new - first_new)
            for number in range(same):
                self.replace((*path, first + number), value[first_new + number])
            if last - first > same:
                self._shorten(path, first + same, last)
            elif last_new - first_new > same:
                self.insert(path, first + same, *value[first_new + same : last_new])

    def _shorten(self, path: Path, first: int, last: int) -> None:
        found = self.mark(*path)
        if isinstance(found, ListMark) and found.flow:
            wanted = [item.plain() for item in found.items]
            del wanted[first:last]
            self._cut(flow_remove(self.letters, found, first, last), path, wanted)
            return
        for number in reversed(range(first, last)):
            self.remove((*path, number))

    # --- cutting ----------------------------------------------------------------------------------------------------

    def _cuts(self, path: Path, find: Any, *about: Any) -> list[Cut]:
        try:
            found: list[Cut] = find(self.letters, *about)
        except Unusual:
            raise EditRefused(_UNUSUAL.format(self.name, _shown(path))) from None
        return found

    def _cut(self, cuts: Sequence[Cut], path: Path, wanted: Any) -> None:
        """Make the cuts, and see that the value at the path is as wanted then and all others as they were."""
        expected, before = _put(self.root.plain(), path, wanted), (self.data, self.letters, self.root)
        try:
            self._read(self.letters.after(cuts))
            if self.root.plain() == expected:
                return
        except (EditRefused, ValueError):
            pass
        self.data, self.letters, self.root = before
        raise EditRefused(_UNUSUAL.format(self.name, _shown(path)))


_UNUSUAL = "{}: {} is laid out in a way that cannot be changed here; change it in the text of the file"


def _singles(mark: Mark) -> Iterator[TextMark]:
    """All single values and keys."""
    if isinstance(mark, TextMark):
        yield mark
    elif isinstance(mark, ListMark):
        for item in mark.items:
            yield from _singles(item)
    elif isinstance(mark, TableMark):
        for key, value in mark.pairs():
            yield key
            yield from _singles(value)


def _respelt(mark: Mark, starts: Collection[int], text: str) -> Any:
    if isinstance(mark, ListMark):
        return [_respelt(item, starts, text) for item in mark.items]
    if isinstance(mark, TableMark):
        return {_respelt(key, starts, text): _respelt(value, starts, text) for key, value in mark.pairs()}
    return text if mark.start in starts else mark.plain()


def _plain(value: Value) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (str, int)):
        return as_text(value)
    return [_plain(item) for item in value]


def _put(plain: Any, path: Path, value: Any) -> Any:
    """The plain value with another one at a path; what lies beside it is shared."""
    if not path:
        return value
    step, *rest = path
    made: Any = dict(plain) if isinstance(plain, dict) else list(plain)
    made[step] = _put(made[step], tuple(rest), value)
    return made


def _shown(path: Path) -> str:
    return ".".join(str(step) for step in path) or "the file"
