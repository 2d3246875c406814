"""Write the table of facts in docs/sources.md from assets/history/facts.yaml.

Run it after a change of that file: ``python tools/write_facts.py``. A test fails while they differ, and walks every
place that the table names.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from game.schema.nodes import ListNode, Node, TableNode, TextNode  # noqa: E402 - the checkout must come first
from game.schema.reader import read_file  # noqa: E402

FACTS = ROOT / "assets" / "history" / "facts.yaml"
PAGE = ROOT / "docs" / "sources.md"
BEGIN = "<!-- Written by tools/write_facts.py from assets/history/facts.yaml. -->"
END = "<!-- End of the table of facts. -->"
STATUS = {"play": "acts", "text": "in words", "out": "left out"}


def facts() -> list[dict[str, Any]]:
    """Every fact of the file, in its order."""
    found: list[dict[str, Any]] = read(FACTS)["facts"]
    return found


def read(path: Path) -> Any:
    """A YAML file as mappings, lists and texts; raises ValueError for one with faults."""
    node, problems = read_file(path)
    if node is None or problems:
        raise ValueError("\n".join(problem.head() for problem in problems) or f"{path}: empty")
    return plain(node)


def plain(node: Node) -> Any:
    """A node as mappings, lists and texts."""
    if isinstance(node, TableNode):
        return {key.text: plain(value) for key, value in node.pairs()}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return node.text if isinstance(node, TextNode) else None


def file_of(place: Mapping[str, Any]) -> Path:
    """The file in which a fact stands."""
    return ROOT / "scenarios" / place["scenario"] / place["file"] if "scenario" in place else ROOT / place["file"]


def table() -> str:
    """The table as it stands in the page."""
    lines = [BEGIN, "", "| | fact | | scenario | file: key |", "|---|---|---|---|---|"]
    for fact in facts():
        rows = list(_places(fact["where"])) or [("", "")]
        first, *others = rows
        what = f"{fact['fact']} *{fact['source'][:1].upper()}{fact['source'][1:]}.*"
        lines.append(f"| {fact['id']} | {what} | {STATUS[fact['status']]} | {first[0]} | {first[1]} |")
        lines += [f"| | | | {scenario} | {where} |" for scenario, where in others]
    return "\n".join([*lines, "", END])


def _places(where: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """A row for each scenario: its name, and the keys by file."""
    by_scenario: dict[str, dict[str, list[str]]] = {}
    for place in where:
        key = " ".join(place.get("key", [])[-2 if place.get("key", [""])[-1] == "text" else -1 :])
        key = key.removesuffix(" text")
        keys = by_scenario.setdefault(place.get("scenario", ""), {}).setdefault(place["file"], [])
        if key and key not in keys:
            keys.append(key)
    for scenario, files in by_scenario.items():
        told = "; ".join(f"`{file}`" + (f": {', '.join(keys)}" if keys else "") for file, keys in files.items())
        yield (f"`{scenario}`" if scenario else "", told)


def page() -> str:
    """The page with the table of now."""
    text = PAGE.read_text(encoding="utf-8")
    start, end = text.index(BEGIN), text.index(END) + len(END)
    return text[:start] + table() + text[end:]


def main() -> None:
    """Write the page if it differs."""
    text = page()
    if text != PAGE.read_text(encoding="utf-8"):
        PAGE.write_text(text, encoding="utf-8", newline="")
        print(f"wrote {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
