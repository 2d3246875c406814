"""Names changed wherever they are used: the declarations of the files tell which words are names of what."""

from __future__ import annotations

from game.schema.nodes import TextNode
from game.words import say
from game.workshop.edits.base import Sheets
from game.workshop.refused import EditRefused


def rename(sheets: Sheets, kind: str, old: str, new: str) -> int:
    """Give every name of a kind ("place", "river", "unit", ...) that reads ``old`` another text; how many."""
    notes, shown = sheets.reading.notes, sheets.reading.shown
    if not new.strip():
        raise EditRefused("give it a name")
    if not any((name.kind, name.text) == (kind, old) for name in notes.declared):
        raise EditRefused(say('there is no {kind} "{old}"', kind=kind, old=old))
    if any((name.kind, name.text) == (kind, new) for name in notes.declared):
        raise EditRefused(say('there is a {kind} "{new}" already', kind=kind, new=new))
    found: dict[str, list[TextNode]] = {}
    for name in (*notes.declared, *notes.referred):
        if (name.kind, name.text) == (kind, old) and isinstance(name.node, TextNode):
            found.setdefault(name.node.source.name.removeprefix(f"{shown}/"), []).append(name.node)
    if kind in ("place", "exit"):
        _add_entries(sheets, old, found)
    for file, nodes in found.items():
        sheets.document(file).respell([(node.line, node.column) for node in nodes], new)
    return sum(len(nodes) for nodes in found.values())


def _add_entries(sheets: Sheets, old: str, found: dict[str, list[TextNode]]) -> None:
    """Hexes of arrival name places and exits in plain words."""
    for file in sheets.reading.nodes:
        if file.startswith("forces/"):
            units = sheets.reading.node(file, "units")
            for unit in getattr(units, "items", []):
                entry = getattr(unit, "values", {}).get("entry")
                same = [n for n in getattr(entry, "items", []) if isinstance(n, TextNode) and n.text == old]
                found.setdefault(file, []).extend(same)
    for file in [file for file, nodes in found.items() if not nodes]:
        del found[file]
