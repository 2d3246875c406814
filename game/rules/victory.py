"""Victory: objectives, the first-claim bonus, what is taken off, and how it compares with history (chapter 17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from game.events import BonusPaid, FlagSet, GameEnded, PlaceHeld, PointsScored
from game.rules import ladder, prizes, script
from game.rules.ledger import Ledger, Term, ledger
from game.rules.losses import lose
from game.scenario.world import Prize, World
from game.state import Draft
from game.state.codes import Ending
from game.state.tables import Position
from game.words import count, say

Band = Literal["slower", "like", "faster"]
BANDS: tuple[Band, ...] = ("slower", "like", "faster")


@dataclass(frozen=True, slots=True)
class Account:
    """One of the three ledgers: this game's number, history's, and the sentence that compares them."""

    value: int
    history: int
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How one faction stands: points in tenths with their lines, its band, and the three ledgers."""

    faction: int
    score: Ledger
    band: Band
    words: str
    time: Account
    losses: Account
    harm: Account


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a game. ``winner`` is None when nobody equals history, or two are level."""

    winner: int | None
    how: Ending
    words: str
    standings: tuple[Standing, ...]


# --- the end check ------------------------------------------------------------------------------------------


def end_check(draft: Draft) -> None:
    """End of the turn: places are checked, bonuses paid, the insurgents score; after the last turn the game ends."""
    for place in draft.world.watched:
        _check_place(draft, place)
    for number, prize in enumerate(draft.world.prizes):
        if draft.clock.bonus[number] < 0:
            _pay_bonus(draft, number, prize)
    _score_towns(draft)
    _fade(draft)
    if draft.clock.turn >= draft.world.turns and not draft.clock.over:
        draft.emit(GameEnded(Ending.LAST_TURN))


def _check_place(draft: Draft, place: int) -> None:
    here, checks, first = draft.world.places[place].hex, draft.places.checks[place], draft.places.first[place]
    owner = prizes.claimed(draft, here)
    if owner >= 0 and prizes.disputed(draft, here):
        return
    after = checks + 1 if owner >= 0 else 0
    if first < 0 and owner >= 0 and ladder.other_bloc(draft.world, owner):
        first = owner
    if (after, first) != (checks, draft.places.first[place]):
        draft.emit(PlaceHeld(place, first, after))


def _pay_bonus(draft: Draft, number: int, prize: Prize) -> None:
    world, rules = draft.world, draft.world.rules.victory
    place = world.place_at.get(prize.hex, -1)
    owner = prizes.holder(draft, prize)
    if owner < 0 or place < 0 or draft.places.first[place] != owner or draft.places.checks[place] < rules.first_checks:
        return
    draft.emit(BonusPaid(number, owner))
    fought = _was_fought_for(draft, prize, owner)
    tenths = first_claim(draft, prize, owner)
    if tenths:
        draft.emit(
            PointsScored(
                owner,
                tenths,
                say("first claim of {objective}", objective=prize.name)
                if fought
                else say("first claim of {objective}, without a fight", objective=prize.name),
            )
        )


def first_claim(state: Position, prize: Prize, owner: int) -> int:
    """What the first claim of a prize would bring a faction as things are, in tenths of a point (rule 17.3)."""
    share = 100 if _was_fought_for(state, prize, owner) else state.world.rules.victory.abandoned_percent
    return prize.first[owner] * 10 * share // 100


def _was_fought_for(state: Position, prize: Prize, owner: int) -> bool:
    return fought_flag(state.world, prize) in state.clock.flags or state.world.control[prize.hex] == owner


def fought_flag(world: World, prize: Prize) -> str:
    """The flag that remembers a fight for a prize; the space keeps it apart from the flags of events."""
    return f"fought {world.grid.label(prize.hex)}"


def note_fight(draft: Draft, target: int) -> None:
    """An attack was fought in a hex: prizes near it were not left without a fight (17.3)."""
    world, reach = draft.world, draft.world.rules.victory.abandoned_range
    for prize in world.prizes:
        if world.grid.distance(prize.hex, target) <= reach and fought_flag(world, prize) not in draft.clock.flags:
            draft.emit(FlagSet(fought_flag(world, prize), True))


def _score_towns(draft: Draft) -> None:
    world, insurgent = draft.world, draft.world.stakes.insurgent
    if insurgent is None:
        return
    faction = insurgent.faction
    held = [town for town in insurgent.towns if draft.hexes.control[town.hex] == faction]
    tenths = sum(town.value for town in held) * world.rules.victory.town_turn
    if tenths:
        draft.emit(
            PointsScored(faction, tenths, count(len(held), "it holds {n} named town", "it holds {n} named towns"))
        )


def _fade(draft: Draft) -> None:
    world, rules = draft.world, draft.world.rules.victory
    if world.stakes.insurgent is None:
        return
    faction, control = world.stakes.insurgent.faction, draft.hexes.control
    homes = [place.hex for place in world.places if place.size and control[place.hex] == faction]
    for row, owner in enumerate(world.roster.faction):
        here = draft.units.hex[row]
        if owner != faction or here < 0 or "cell" not in world.roster.traits[row]:
            continue
        if any(world.grid.distance(here, home) <= rules.fade_range for home in homes):
            continue
        if draft.roll_percent("fade", world.roster.id[row]) <= rules.fade_percent:
            lose(draft, row, 1, say("too far from any town it holds"))


# --- roads --------------------------------------------------------------------------------------------------


def open_flag(road: str) -> str:
    """The flag that remembers that a road was open once."""
    return f"open {road}"


def own_flags(world: World) -> frozenset[str]:
    """Every flag that victory sets by itself, besides those of events."""
    fought = (fought_flag(world, prize) for prize in world.prizes)
    roads = (road for faction in range(len(world.factions)) for road in world.stakes.roads_of(faction))
    return frozenset((*fought, *(open_flag(road.id) for road in roads)))


def judge_roads(draft: Draft, faction: int) -> None:
    """A faction judges its supply: the insurgents score for each of its roads that was open once and is cut (17.5)."""
    world, insurgent = draft.world, draft.world.stakes.insurgent
    if insurgent is None:
        return
    for road in world.stakes.roads_of(faction):
        here, flag = prizes.cut_at(draft, road), open_flag(road.id)
        if here < 0 and flag not in draft.clock.flags:
            draft.emit(FlagSet(flag, True))
        elif here >= 0 and flag in draft.clock.flags:
            why = say("{road} cut at {hex}", road=road.name, hex=world.grid.label(here))
            draft.emit(PointsScored(insurgent.faction, world.rules.victory.road_turn, why))


# --- the outcome --------------------------------------------------------------------------------------------


def score(state: Position, faction: int) -> Ledger:
    """A faction's points in tenths if the game ended now, line by line."""
    rules, factions = state.world.rules.victory, state.factions
    lost, harm = factions.lost[faction], factions.harm[faction]
    held = [prize for prize in state.world.prizes if prizes.holder(state, prize) == faction]
    return ledger((
        *(Term(prize.name, prize.points[faction] * 10) for prize in held),
        Term(say("earned in play: bonuses, turns, events, less incidents"), factions.points[faction]),
        Term(say("step losses: {n}", n=lost), -rules.step_lost * lost),
        Term(say("harm to civilians: {n}", n=harm), -rules.harm * harm),
    ))  # fmt: skip


def outcome(state: Position, loser: int = -1) -> Outcome | None:
    """How the game ended, or None while it goes on. ``loser`` has given up: scored as it stands, in the worst band."""
    how = Ending.CONCEDED if loser >= 0 and not state.clock.over else Ending(state.clock.over)
    if not how:
        return None
    standings = tuple(standing(state, faction) for faction in range(len(state.world.factions)))
    if how == Ending.CONCEDED:
        gave_up = replace(standings[loser], band="slower", words=say("conceded: the worst result"))
        standings = (*standings[:loser], gave_up, *standings[loser + 1 :])
    winner = state.clock.winner if state.clock.winner >= 0 else _winner(state, standings)
    if winner is None:
        below = all(one.band == "slower" for one in standings)
        words = say("nobody did as well as history") if below else say("no winner")
    else:
        words = say("{faction}: {words}", faction=state.world.factions[winner].name, words=standings[winner].words)
    return Outcome(winner, how, words, standings)


def standing(state: Position, faction: int) -> Standing:
    """How a faction stands now, as if the game ended."""
    points, spec = score(state, faction), state.world.stakes.band_of(faction)
    band: Band = "like"
    words = say("no comparison with history")
    if spec is not None:
        band = _band(points.total, (spec.like, spec.faster))
        words = {"slower": spec.slower_words, "like": spec.like_words, "faster": spec.faster_words}[band]
    if punished(state, faction):
        band, words = "slower", say("its bloc attacked the other deliberately: the worst result")
    return Standing(faction, points, band, words, _time(state, faction), _losses(state, faction), _harm(state, faction))


def level(band: Band) -> str:
    """A band in words: worse than, level with or better than history."""
    return {
        "slower": say("worse than history"), "like": say("level with history"), "faster": say("better than history")
    }[band]  # fmt: skip


def punished(state: Position, faction: int) -> bool:
    """Whether a faction's bloc is to blame for rung 5."""
    culprit, factions = state.clock.culprit, state.world.factions
    return culprit >= 0 and (faction == culprit or factions[faction].bloc == factions[culprit].bloc)


def _winner(state: Position, standings: tuple[Standing, ...]) -> int | None:
    specs = ((one, state.world.stakes.band_of(one.faction)) for one in standings if not punished(state, one.faction))
    return best((one.faction, one.score.total, (spec.like, spec.faster) if spec else None) for one, spec in specs)


def best(scores: Iterable[tuple[int, int, tuple[int, int] | None]]) -> int | None:
    """Who comes out first, None where nobody is level with history or two are equal.

    Each score: a faction, its points in tenths, and its ``like`` and ``faster`` in points; without bands it is level.
    """
    ranked = sorted(
        ((BANDS.index(_band(tenths, bands)), _margin(tenths, bands), faction) for faction, tenths, bands in scores
         if _band(tenths, bands) != "slower"),
        reverse=True,
    )  # fmt: skip
    if not ranked or (len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]):
        return None
    return ranked[0][2]


def _band(tenths: int, bands: tuple[int, int] | None) -> Band:
    if bands is None:
        return "like"
    like, faster = bands
    return "faster" if tenths >= faster * 10 else "like" if tenths >= like * 10 else "slower"


def _margin(tenths: int, bands: tuple[int, int] | None) -> int:
    # Thousandths of the way from "like" to "faster": what makes the points of unlike factions comparable.
    if bands is None:
        return tenths
    like, faster = bands
    return (tenths - like * 10) * 100 // (faster - like)


# --- three ledgers ------------------------------------------------------------------------------------------


def captures(state: Position, faction: int) -> Iterator[tuple[str, str, str]]:
    """(place, date, date in history) of a faction's anchors; the date is "" for what it does not hold.

    A place counts from the day since which it has been held without a break, the last day of that turn.
    """
    world = state.world
    checked = state.clock.turn - (state.clock.over != Ending.LAST_TURN)  # the last turn whose end has checked places
    for anchor in world.stakes.anchors:
        if anchor.faction != faction:
            continue
        here = anchor.hex
        checks = state.places.checks[world.place_at[here]] if state.hexes.control[here] == faction else 0
        since = max(1, checked - checks + 1)
        yield anchor.place, script.turn_days(world, since)[1] if checks else "", anchor.date


def _time(state: Position, faction: int) -> Account:
    world, late = state.world, []
    ends = date.fromisoformat(script.turn_days(world, world.turns)[1]).toordinal() + 1
    first = date.fromisoformat(world.first_day).toordinal()
    value = history = 0
    for place, taken, then in captures(state, faction):
        day = date.fromisoformat(taken).toordinal() if taken else ends
        value += day - first
        history += date.fromisoformat(then).toordinal() - first
        late.append(say("{place} {date} (history {then})", place=place, date=taken or say("not taken"), then=then))
    return Account(value, history, "; ".join(late) or say("no dated captures to compare"))


def _losses(state: Position, faction: int) -> Account:
    then, now = state.world.stakes.history_of(faction), state.factions.lost[faction]
    return Account(
        now,
        then.losses if then else 0,
        _compared(count(now, "{n} step lost", "{n} steps lost"), then.losses if then else None),
    )


def _harm(state: Position, faction: int) -> Account:
    then, now = state.world.stakes.history_of(faction), state.factions.harm[faction]
    return Account(
        now, then.harm if then else 0, _compared(say("{n} harm to civilians", n=now), then.harm if then else None)
    )


def _compared(words: str, history: int | None) -> str:
    return words if history is None else say("{now} (history about {then})", now=words, then=history)
