"""One rulebook: every rule number that code, docstrings, comments, data and tests cite stands in the book, and fits.

A citation fits when its text meets the subject of the rule, as the table below has it: one line a rule, with the title
that the book gives it and the words that whoever cites it may be expected to use.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
NUMBER = r"(?<![\d.:-])(\d{1,2}\.[1-9]\d?)(?![\d.])"
BOOK = re.compile(r"^(\d{1,2}\.\d{1,2}) \*\*(.+?)\.\*\*", re.M)

# number: title in the book | what a citation speaks of (a pattern; case does not matter)
SUBJECTS = """
1.1  Terrain                              | terrain|ground|enter|cost|march there
1.2  Roads                                | road
1.3  Rivers                               | river|bridge|crossing
1.4  Escarpments and wadis                | escarpment|wadi|rain
2.1  Stacking limit                       | stack|hold|steps|full|room
2.2  Passing through                      | pass|friend|full|stop|words
3.1  Who exerts a ZOC                     | zone|zoc
3.2  Marching into a ZOC                  | zone|zoc|march ends
3.3  The other bloc                       | bloc
3.4  Unknown enemies                      | unknown|knows
4.1  March and action                     | march|act|unit|hold|mp left|piece
4.2  Supply                               | supply|allowance
4.3  Road march and forced march          | march|road|cannot move
4.4  Unknown enemies                      | unknown|stop|closed|sees in time|still believes
4.5  Control                              | control|ground|take|pass
4.6  Single steps                         | step|aside
4.7  Infiltrate                           | infiltrat|slip|raider
4.8  Home sector                          | sector
4.9  Dig in                               | dig|entrench|ground|hidden|cell
5.1  Strength                             | attack|strength|target|defender|defend|friends
5.2  Odds column                          | ratio|column
5.3  Shifts                               | shift|quality|odds|support counts|town
5.4  Results                              | loss|column|36|table|result|forecast
5.5  Assault crossing                     | cross|river
5.6  Artillery                            | artillery|guns|battery|bombard|shells|within|no enemy|target
5.7  Forecast                             | contact|forecast|range|exact|unseen
5.8  The other bloc                       | bloc|confirmed
5.9  Set-piece attack                     | set-piece|set piece
5.10 High ground                          | high|height|sees
6.1  Where it goes                        | back|retreat|goes|way|at stake
6.2  Step losses                          | step|cost|way|toll|loses|falls back
6.3  Built-up hexes                       | built|street|town
6.4  Advance                              | advance|enter|hidden|hid|follow
6.5  Surrender                            | cut|surrender|starv
6.6  Strongpoints                         | strongpoint|assault
7.1  Supply lines                         | supply|road|track|cross|interdict
7.2  What cuts it                         | enemy|zone|zoc|ground|rival|break|cell|passes|once more
7.3  Sources and relays                   | source|airbase|edge|headquarters|net
7.4  Last leg                             | leg|map
7.5  Reach                                | budget|supply|reach
7.6  Capacity                             | feeds|fed|capacity|nearest|source
7.7  Supply check                         | store|cut|judge|check
7.8  Reasons                              | reason|why|sentence|way|break|explained|source
7.9  Air drop                             | drop|air|supplies|risk|outside the map|what lies|costs
8.1  Engineers                            | engineer|bridge|crossing|ferry|bank|river
8.2  Work in progress                     | work|engineer
8.3  Ferries                              | ferry|ferries|carried
8.4  Boats                                | boat|bank|land|river|cross
8.5  Blowing a crossing                   | blow|crossing|dam
9.1  Grants                               | grant|support|points|lapse|left
9.2  In an attack                         | shift|most|kind|attack|defence|points|support|what he does not have
9.3  Needs                                | need|seen|identified|within|sight|support|attack only|words
9.4  Near the line                        | ladder|line|bloc|airspace|support
9.5  Reaction                             | react
9.6  Strike                               | strike|struck|enemy|target|cover|hit
9.7  Stray fire                           | stray|wrong|somebody else|third|identified
9.8  Harm                                 | harm|town
9.9  Roads and crossings                  | road|bridge|crossing|dam|interdict|support left|off the map
9.10 Reconnaissance                       | reconnaissance|fog
9.11 Incidents                            | provoke|strike|fog
9.12 Airspace                             | fly|flight|airspace
9.13 Notice                               | notice
9.14 No-fly declaration                   | no.fly
9.15 Closed skies                         | sky|skies
9.16 Arsenals                             | arsenal|salvo|kept
10.1 Command points                       | point|headquarters|command
10.2 Prices                               | cost|price|point|buy
10.3 Joint attacks                        | formation|headquarters|joining|axis|prices of an attack
10.4 Reserve                              | react|left|call support
10.5 Liaison points                       | liaison
11.1 Risk                                 | chance|risk|offence|distance|line
11.2 Acts                                 | act|share|march|hex
11.3 Unidentified targets and advisers    | adviser|identified|rules
11.4 Safety                               | corridor|hotline|rules
11.5 Friction                             | friction|roll|turn ends|late
11.6 Incident                             | incident|safe act
11.7 Attacking the other bloc             | bloc|attack|confirmed|culprit|clash|crossing belongs|clash|rung
11.8 Stand-off                            | stand.off|line|draw back
11.9 Liaison                              | liaison|lp|bloc|talk|answers|words
11.10 Corridor                            | corridor|notified
11.11 Hotline call                        | call|hotline|calm
11.12 Ceding                              | ced|objective|control|ladder|place|troops
11.13 The ladder                          | incident|rung|ladder
11.14 Concessions                         | concession|standstill|ground|promise|still|support
11.15 Warning                             | warn|claimed|stack
11.16 Blame                               | blame|share|tension
11.17 Quiet turns                         | quiet|bloc|rung
11.18 Open conflict                       | clash|conflict|war
12.1 Sight                                | sight|see|enem
12.2 Identified and contact               | identif|contact
12.3 Hidden cells                         | hidden
12.4 Reports                              | report
12.5 Public knowledge                     | know|friend
12.6 Lost contacts                        | contact|lost|fade|seen empty
12.7 What an identified unit shows        | identified|known|knows
13.1 Siege                                | supplies|hung|siege|besieged|cut place
13.2 Hunger                               | hunger|besieg|way out|ring
13.3 Convoys and columns                  | convoy|column|road|hungry
13.4 Fire on towns                        | fire|harm|village|population
14.1 Weather roll                         | roll|month|chances
14.2 Effects                              | dust|rain|sorties
15.1 Reinforcements                       | enter|entry|reinforce|come
15.2 Replacement pool                     | replacement|pool
15.3 Recovery                             | recover|gather
15.4 Rest                                 | rest|recover|adjacent
15.5 Refit                                | refit|replacement|pool|step|supply|adjacent|headquarters
16.1 When                                 | asked|check|event|opens|order|answered
16.2 Triggers                             | trigger|hold|dice
16.3 Effects                              | effect|read|do
16.4 What-if events                       | what.if|option
16.5 Limits                               | ladder|reinforcement|loses more
16.6 Salvoes                              | salvo|fire
17.1 Objectives                           | prize|objective|claim|road
17.2 Disputed                             | disput
17.3 First-claim bonus                    | bonus|first|fight|second holder|held from
17.4 Points                               | loss|points|harm|prizes
17.5 ISIS                                 | insurgent|isis|town|road|cell
17.6 Victory level                        | history|worst|win|band|last turn
17.7 Ledgers                              | ledger
18.1 A turn opens                         | open
18.2 Each faction plays in order          | faction|order
18.3 A faction's turn ends                | friction|ends
18.4 A turn ends                          | end
"""


class Citation(NamedTuple):
    """A rule number somewhere, and the text around it."""

    where: str
    number: str
    text: str


def subjects() -> dict[str, tuple[str, str]]:
    """Number -> (title, pattern)."""
    out = {}
    for line in SUBJECTS.strip().splitlines():
        head, pattern = line.split("|", 1)
        number, title = head.split(None, 1)
        out[number] = title.strip(), pattern.strip()
    return out


MAY_CITE = re.compile(r"Refusal\(|[Rr]ule(?:s|book)? \d|\(\d+\.\d|def test_\d|^\W*\d+\.\d+ [A-Z\"*]", re.M)
"""What a source file that cites a rule has somewhere; the others need not be parsed."""


@cache
def book() -> dict[str, tuple[str, str]]:
    """Number -> (title, text) of every rule in the book."""
    out: dict[str, tuple[str, str]] = {}
    for path in sorted((ROOT / "assets/rulebook").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        found = list(BOOK.finditer(text))
        ends = [*(one.start() for one in found[1:]), len(text)]
        out |= {one[1]: (one[2], text[one.end() : end]) for one, end in zip(found, ends, strict=bool(found))}
    return out


@cache
def citations() -> tuple[Citation, ...]:
    """Every citation of a rule in the code, the tests, the rules' data and the documentation."""
    return tuple(_citations())


def _citations() -> Iterator[Citation]:
    for folder in ("game", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path != Path(__file__):
                yield from _of_code(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    texts = [
        *(ROOT / "scenarios/rules").glob("*.yaml"),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "assets/rulebook").glob("*.md"),
    ]
    for path in sorted(texts):
        if path.name not in ("rulebook.md", "sources.md"):
            yield from _in_words(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def _of_code(where: str, source: str) -> Iterator[Citation]:
    if not MAY_CITE.search(source):
        return
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
            said = " ".join(
                one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )
            for one in ast.walk(node.args[0]):
                if isinstance(one, ast.Constant) and re.fullmatch(NUMBER, str(one.value)):
                    yield Citation(f"{where}:{node.lineno}", str(one.value), said + " " + ast.unparse(node))
        if isinstance(node, ast.FunctionDef):
            name = re.match(r"test_(\d{1,2})_(\d{1,2})_(.*)", node.name)
            if name:
                yield Citation(f"{where}:{node.lineno}", f"{name[1]}.{name[2]}", name[3].replace("_", " "))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield from _in_words(f"{where}:{getattr(node, 'lineno', 1)}", ast.get_docstring(node) or "")
    for comment in re.findall(r"(?:#[^\n]*\n\s*)+", source):
        yield from _in_words(where, comment)


def _in_words(where: str, text: str) -> Iterator[Citation]:
    """Citations such as "rule 4.6", "rules 11.1 and 11.2", "(7.9)" and lines that begin with a number."""
    for block in re.split(r"\n\s*\n|\n(?=\d+\.\d+ )", text):
        for found in re.finditer(
            r"(?:\b[Rr]ule(?:s|book)? |(?<![\w\"])\()(\d+\.\d+(?:(?:, | and | to |\b and rules )\d+\.\d+)*)", block
        ):
            for number in re.findall(NUMBER, found[1]):
                yield Citation(where, number, block)
        start = re.match(r"\s*(\d+\.\d+) [A-Z\"*]", block)
        if start and not where.startswith("assets/"):
            yield Citation(where, start[1], block)


def test_the_table_of_this_test_has_the_titles_of_the_book() -> None:
    assert {number: title for number, (title, _) in book().items()} == {
        n: title for n, (title, _) in subjects().items()
    }


def test_every_rule_of_the_book_speaks_of_its_subject() -> None:
    for number, (title, text) in book().items():
        pattern = subjects()[number][1]
        assert re.search(pattern, f"{title} {text}", re.I), f"{number} {title}"


def test_rules_are_numbered_without_gaps() -> None:
    numbers = [tuple(map(int, number.split("."))) for number in book()]
    assert numbers == sorted(numbers)
    for chapter in range(1, 19):
        rules = [rule for of, rule in numbers if of == chapter]
        assert rules == list(range(1, len(rules) + 1)), f"chapter {chapter}"


@pytest.mark.parametrize("top", ["game/", "tests/", "docs/", "scenarios/", "assets/"])
def test_every_citation_is_in_the_book_and_fits(top: str) -> None:
    wrong, count = [], 0
    for one in citations():
        if not one.where.startswith(top):
            continue
        count += 1
        if one.number not in book():
            wrong.append(f"{one.where}: there is no rule {one.number}")
        elif not re.search(subjects()[one.number][1], one.text, re.I):
            wrong.append(f"{one.where}: {one.number} is about {book()[one.number][0]!r}: {one.text.strip()[:90]!r}")
    assert not wrong, "\n" + "\n".join(wrong)
    assert count or top in ("docs/", "scenarios/")
