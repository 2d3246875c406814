"""``scenario.yaml``: what the game is about, who plays, how long, and which rule numbers differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from game.scenario.looks import LOOKS
from game.schema.limits import FACTIONS, TURNS
from game.schema.problems import quoted
from game.schema.spec import (
    Choice,
    Contradiction,
    Date,
    Doc,
    FormatVersion,
    Id,
    Int,
    Name,
    Overrides,
    Prose,
    Ref,
    Size,
    Text,
)

Faction = Annotated[str, Ref("faction", "id of a faction", "saa")]


@dataclass(frozen=True, slots=True)
class FactionEntry:
    """A side of its own, with its orders, units and points."""

    id: Annotated[str, Id("faction", "short id; the file forces/<id>.yaml lists its units", "saa")]
    name: Name
    adjective: Annotated[str, Text(40, "the name before a noun, as in: SAA units", "SAA")]
    bloc: Annotated[str, Text(24, "factions of one bloc answer together for incidents", "government")]
    command: Annotated[int, Int(0, 40, "command points", "granted at the start of each of its turns")]
    liaison: Annotated[int, Int(0, 20, "liaison points", "granted at the start of each of its turns")] = 0
    player: Annotated[str, Text(40, "the AI player that plays it unless a person takes the seat", "staff")] = "staff"
    look: Annotated[
        str | None,
        Choice(*LOOKS, doc="colours and emblem; when left out, the next that no other faction has", example="blue"),
    ] = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A warning of the check that the author has looked at and means to keep."""

    code: Annotated[str, Text(8, "code of the warning", "R102")]
    at: Annotated[str, Text(80, "file of the scenario in which it is reported", "victory.yaml")]
    why: Annotated[str, Text(400, "the reason, for the next designer")]
    about: Annotated[str | None, Text(80, "words of its message, to accept one of several warnings")] = None


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """The file ``scenario.yaml``."""

    format: FormatVersion
    id: Annotated[str, Id("scenario", "the same as the name of the folder", "race_for_deir_ezzor")]
    title: Name
    summary: Annotated[Prose, Doc("what the scenario is, in a few sentences, for the menu")]
    first_day: Annotated[Date, Doc("first day of the first turn")]
    days_per_turn: Annotated[int, Int(1, 30, "days", "length of a turn")]
    turns: Annotated[int, Int(1, TURNS, "turns", "turns after which the game ends")]
    factions: Annotated[tuple[FactionEntry, ...], Size(2, FACTIONS), Doc("who takes part")]
    sequence: Annotated[
        tuple[Faction, ...], Size(2, FACTIONS, unique=True), Doc("the order in which the factions play a turn")
    ]
    version: Annotated[
        str | None,
        Text(
            24,
            "edition of the scenario, numbers separated by dots: a pack with a higher one replaces an installed one",
            "1.2",
        ),
    ] = None
    briefing: Annotated[Prose | None, Doc("what players read before the game")] = None
    picture: Annotated[
        str | None, Text(80, "a picture above the briefing: a PNG file in the folder of the scenario", "cover.png")
    ] = None
    aims: Annotated[Mapping[Faction, Prose] | None, Doc("what each faction is to achieve")] = None
    sources: Annotated[tuple[Annotated[str, Text(600)], ...], Doc("where the facts come from")] = ()
    options: Annotated[
        Mapping[Annotated[str, Id("option")], bool] | None,
        Doc("switches that events and rules ask for; players may turn them before a game", "open_clash: false"),
    ] = None
    option_words: Annotated[
        Mapping[Annotated[str, Ref("option")], Annotated[str, Text(160)]] | None,
        Doc("what each switch means when it is on, for those who choose", "{iraq_early: What if Iraq had come early}"),
    ] = None
    rules: Annotated[
        Mapping[str, Any] | None,
        Overrides("numbers that differ from scenarios/rules, by chapter", "units: {stack_units: 4}"),
    ] = None
    accepted: Annotated[tuple[Accepted, ...], Doc("warnings of the check that stand for a reason")] = ()

    def contradictions(self) -> Iterator[Contradiction]:
        if self.version is not None and not re.fullmatch(r"[0-9]+(\.[0-9]+)*", self.version):
            yield Contradiction("version", f"{quoted(self.version)} is no version", "write numbers and dots, as 1.2")
        if self.picture is not None and not re.fullmatch(r"(\w[\w .-]*/)?\w[\w .-]*\.png", self.picture):
            yield Contradiction(
                "picture", f"{quoted(self.picture)} names no picture of the folder", "write the name of a .png file"
            )
        days = (self.turns + 1) * self.days_per_turn  # the weather looks one turn ahead
        if date.fromisoformat(self.first_day).toordinal() + days > date.max.toordinal():
            game = f"{self.turns} turns of {self.days_per_turn} days from {self.first_day}"
            what = f"{game} run past the year {date.max.year}"
            yield Contradiction("first_day", what, "begin earlier, or play fewer or shorter turns")
        looks = [faction.look for faction in self.factions if faction.look is not None]
        if len(set(looks)) < len(looks):
            yield Contradiction("factions", "two factions have the same look", "give each a look of its own")
        ids = [faction.id for faction in self.factions]
        missing = [one for one in ids if one not in self.sequence]
        if missing and set(self.sequence) <= set(ids):
            yield Contradiction("sequence", f"{', '.join(missing)} never has a turn", "list every faction once")
