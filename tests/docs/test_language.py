"""The words of the game: filled in whole, in one voice, with real plurals, and under one name for one thing."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from game import engine, rulebook
from game.scenario.shipped import shipped_scenarios
from game.ui import order_kinds, overlays
from game.ui.scenes.help import keys
from game.words import count, listed, percent, say, sentence, signed, tenths
from tests.sources import module_at
from tests.worlds import world_of

ROOT = Path(__file__).resolve().parents[2]

BANNED = {
    r"\bmend(s|ed|ing)?\b": "repair a bridge, fix an error",
    r"\bwhoever\b": "name who acts",
    r"\bformer\b": "previous",
    r"\bin truth\b": "in history, or really",
    r"\bof before\b": "earlier",
    r"\bshall\b": "a button is a verb: Overwrite it?",
    r"\bthr(ow|own|ew|ows)\b": "you roll dice",
    r"\btak(e|es|en|ing) (\w+ ){0,2}in hand\b": "select",
    r"\btak(e|es|en|ing) back\b": "undo",
    r"\b(lie|lies|lying) low\b": "hidden; go to ground",
    r"\bautomatic saves?\b": "autosave",
    r"\d %": "25% is written without a space",
    r"[}\w] %(?!\()": "25% is written without a space",
}
"""What is not said, and what is said instead."""

ALLOWED = {
    ("game/ui/scenes/saves.py", r"[}\w] %(?!\()"): "a pattern of dates, not a share",
}
"""Where a banned word may stay, and why."""


class Text(NamedTuple):
    """A text of the player, and where it stands."""

    where: str
    text: str


class Said(NamedTuple):
    """What the code of the game says: its texts, and (where, name, call) of every call of ``say`` and ``count``."""

    texts: list[Text]
    calls: list[tuple[str, str, ast.Call]]


@cache
def said() -> Said:
    """All files, read once. Texts are string constants that read like words: with a blank between letters."""
    found = Said([], [])
    for path in sorted((ROOT / "game").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        module, where = module_at(path), path.relative_to(ROOT).as_posix()
        docs = {id(node.value) for node in module.of(ast.Expr) if isinstance(node.value, ast.Constant)}
        for node in module.of(ast.Constant):
            if isinstance(node.value, str) and id(node) not in docs and re.search(r"[a-z}] [a-z{%]", node.value):
                found.texts.append(Text(f"{where}:{node.lineno}", node.value))
        if path.name != "words.py" and "from game.words import" in source:
            for call in module.of(ast.Call):
                name = getattr(call.func, "id", "")
                if name in ("say", "count"):
                    found.calls.append((f"{where}:{call.lineno}", name, call))
    return found


def page_texts() -> Iterator[Text]:
    """Pages, the rulebook, and what the scenarios say."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "assets/rulebook").glob("*.md")]
    for path in sorted(
        [*pages, *(ROOT / "scenarios").glob("*/scenario.yaml"), *(ROOT / "scenarios").glob("*/events.yaml")]
    ):
        if path.name not in ("sources.md",):
            yield Text(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


@cache
def everything_said() -> str:
    """All texts in one, to be searched at one look: no banned pattern asks where a text begins or ends."""
    return "\n\n".join(one.text for one in (*said().texts, *page_texts()))


@pytest.mark.parametrize("pattern", BANNED)
def test_banned_words_are_not_said(pattern: str) -> None:
    assert not set("^$") & set(pattern)
    if not re.search(pattern, everything_said(), re.I):
        return
    found = [
        f"{one.where}: {one.text[max(0, hit.start() - 30) : hit.end() + 30]!r}"
        for one in (*said().texts, *page_texts())
        if (hit := re.search(pattern, one.text, re.I)) and (one.where.partition(":")[0], pattern) not in ALLOWED
    ]
    assert not found, f"say: {BANNED[pattern]}\n" + "\n".join(found)


# --- templates ----------------------------------------------------------------------------------------------------


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_template_is_written_down_and_its_places_are_filled() -> None:
    """A translator finds the template in the call, and no place of it is empty or without a name."""
    seen = 0
    for where, name, call in said().calls:
        given = {word.arg for word in call.keywords if word.arg} - {"none"}
        texts = call.args[:1] if name == "say" else call.args[1:]
        for text in texts:
            assert isinstance(text, ast.Constant) and isinstance(text.value, str), f"{where}: no template in the call"
            places = _places(text.value) - ({"n"} if name == "count" else set())
            assert places == given or (name == "count" and places <= given), f"{where}: {places} or {given}"
            seen += 1
    assert seen > 400


NAMED = r"\{(unit|units|leader|attackers|faction|place|places|source|objective|who|name)\}"
"""Places of a template that names of a scenario fill: of units, factions, places, sources and objectives."""
AGREES = re.compile(
    rf"(?<!source )(?<!airspace ){NAMED}( \([^)]*\))?( (also|already|now|still|not|never|no longer))?"
    r" (?!this)(is|are|has|have|was|were|does|do|[a-z]+[^s\W]s)\b",
    re.IGNORECASE,
)
"""A verb that would have to know whether the name before it is a plural."""
NOUNS = {"attacks", "troops", "units", "hexes", "points", "steps", "civilians"}
FILES = ("game/cli", "game/packs", "game/records", "game/workshop", "game/ui/editor", "game/scenario", "game/mapmaker")
"""Parts of the game whose names are those of files, options and keys: each is one thing."""


def test_no_verb_depends_on_the_number_of_a_name() -> None:
    """Some names are plurals ("Engineers", "Low houses", "Syrian army and allies"), others are none: sentences speak
    of both in the past tense, with a modal verb, or without a verb."""
    told = [
        (where, str(text.value))
        for where, _, call in said().calls
        for text in call.args
        if not where.startswith(FILES) and isinstance(text, ast.Constant)
    ]
    wrong = [
        f"{where}: {text}"
        for where, text in told
        for found in AGREES.finditer(text)
        if found[0].split()[-1] not in NOUNS
    ]
    assert len(told) > 500 and not wrong, "\n".join(wrong)


def test_counted_texts_read_well_with_0_1_and_2() -> None:
    """The form for one has no plural after its number, and the form for many none in the singular."""
    for where, name, call in said().calls:
        if name != "count":
            continue
        one, many = (text.value for text in call.args[1:3] if isinstance(text, ast.Constant))
        names = (
            dict.fromkeys(_places(one) | _places(many), "x") if isinstance(one, str) and isinstance(many, str) else {}
        )
        names.pop("n", None)
        assert one != many, f"{where}: one form for all numbers: use say"
        for number in (0, 1, 2):
            text = count(number, str(one), str(many), **names)
            assert "{" not in text
            bad = r"\b1 (\w+ ){0,2}(steps|hexes|units|turns|points|columns|days|orders|checks)\b"
            assert number != 1 or not re.search(bad, text), f"{where}: {text}"
            bad = rf"\b{number} (step|hex|unit|turn|point|column|day|order|check)\b"
            assert number == 1 or not re.search(bad, text), f"{where}: {text}"


def test_numbers_are_written_in_one_way() -> None:
    assert (percent(25), signed(-1), signed(2), signed(0)) == ("25%", "−1", "+2", "0")
    assert (tenths(15), tenths(20), tenths(-3), tenths(5, sign=True)) == ("1.5", "2", "−0.3", "+0.5")
    assert [listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert count(0, "{n} CP", "{n} CP ", none="no CP") == "no CP" and count(1000, "", "{n} events") == "1,000 events"
    assert say("{n} of {unit}", n=-1, unit="x") == "−1 of x" and sentence("it is") == "It is"


# --- the rulebook and names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", shipped_scenarios())
def test_no_sentence_of_the_rulebook_has_more_than_28_words(scenario: str) -> None:
    text = re.sub(r"(?m)^\|.*$", "", rulebook.book(engine.load_scenario(scenario)))
    long = []
    for paragraph in re.split(r"\n\s*\n|\n(?=\d+\.\d+ )", text):
        flat = re.sub(r"^\d+\.\d+ ", "", " ".join(paragraph.split()))
        long += [one for one in re.split(r"(?<=[.!?:;])[\"*)]*\s+", flat) if len(one.split()) > 28]
    assert not long, "\n".join(long)


def test_a_command_has_one_name_in_menu_bar_key_help_and_pages() -> None:
    """Overlays and orders are named by their lists; key help and pages use the names that the buttons show."""
    page = keys(None)
    for kind in order_kinds.KINDS:
        assert f"**{kind.title}**: {kind.about}" in page
    for overlay in overlays.on_the_bar():
        assert f"| {overlay.key} | {overlay.about} |" in page
    source = (ROOT / "game/ui/scenes/pause.py").read_text(encoding="utf-8")
    for name in ("Save the game", "Load a game", "Rules and help", "Settings"):
        assert f'"{name}"' in source
    assert "undo the last order" in page and "redoes it" in page


def test_no_raw_id_of_support_or_terrain_is_printed() -> None:
    """Kinds have names: their ids, such as svbied, stand in no table of the book outside code marks."""
    world = world_of("race_for_deir_ezzor")
    text = re.sub(r"`[^`]*`", "", rulebook.book(world))
    for name in ("svbied", "airdrop", "kalibr"):
        assert not re.search(rf"\b{name}\b", text), name
