"""The order of battle as a tree: factions, their formations, their units; filtered, searched, and folded.

What is still to come and what is lost has a branch of its own. A branch sums up what is below it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from game.state.codes import Status, Supplied
from game.state.tables import State
from game.ui.panels.hex_panel import hex_name
from game.ui.panels.terms import steps_words
from game.ui.panels.unit_panel import done_words
from game.ui.worldview import can_do
from game.words import count, say

Wanted = Callable[[State, int, Collection[str]], bool]


def _is_weak(state: State, row: int) -> bool:
    return bool(state.units.disrupted[row]) or state.units.steps[row] < state.world.roster.steps[row]


FILTERS: tuple[tuple[str, Wanted], ...] = (
    (say("All units"), lambda state, row, planned: True),
    (say("Can still act"), lambda state, row, planned: can_do(state, row)),
    (say("Not in full supply"), lambda state, row, planned: state.units.supply[row] != Supplied.FULL),
    (say("Weakened"), lambda state, row, planned: _is_weak(state, row)),
    (say("With a plan"), lambda state, row, planned: state.world.roster.id[row] in planned),
    (say("Headquarters"), lambda state, row, planned: "hq" in state.world.roster.traits[row]),
    (say("Engineers"), lambda state, row, planned: "engineer" in state.world.roster.traits[row]),
    (say("Artillery"), lambda state, row, planned: "artillery" in state.world.roster.traits[row]),
)
"""What can be asked for, and the question."""


class OobRow(NamedTuple):
    """A line of the tree: a unit by its row, or -1 for a branch; how deep it lies, and the key of its branch."""

    row: int
    title: str
    detail: str
    level: int
    key: str


def tree_rows(
    state: State, faction: int, wanted: Wanted, words: str, planned: Collection[str], folded: Collection[str] = ()
) -> list[OobRow]:
    """The lines of a faction and its friends that a filter and the letters typed leave; a folded branch hides its own.

    What is not on the map is listed where no filter is set.
    """
    world, units, roster = state.world, state.units, state.world.roster
    sought = words.casefold().split()
    whole = wanted is FILTERS[0][1]
    out: list[OobRow] = []
    for owner in sorted(range(len(world.factions)), key=lambda one: (one != faction, one)):
        if not world.friends(faction, owner):
            continue
        mine = [row for row, one in enumerate(roster.faction) if one == owner and _holds(state, row, sought)]
        here = [row for row in mine if units.hex[row] >= 0 and wanted(state, row, planned)]
        due = [row for row in mine if whole and units.status[row] == Status.WAITING and units.due[row] <= world.turns]
        lost = [row for row in mine if whole and units.status[row] == Status.DESTROYED]
        branches = [*_formations(state, owner, here), *_others(state, owner, due, lost)]
        if branches:
            every = [*here, *due, *lost]
            out.append(OobRow(-1, world.factions[owner].name, _summed(state, here, every), 0, f"{owner}"))
            if f"{owner}" not in folded:
                out += _unfolded(branches, folded)
    return out


def _holds(state: State, row: int, sought: Sequence[str]) -> bool:
    """Whether all letters that were typed stand in a unit's name, formation, kind or place."""
    roster, here = state.world.roster, state.units.hex[row]
    kind = state.world.rules.units.types.get(roster.type[row])
    parts = (roster.name[row], roster.formation[row], kind.name if kind is not None else roster.type[row],
             hex_name(state.world, here) if here >= 0 else "")  # fmt: skip
    text = " ".join(parts).casefold()
    return all(word in text for word in sought)


def _unfolded(branches: Sequence[tuple[OobRow, list[OobRow]]], folded: Collection[str]) -> Iterator[OobRow]:
    for head, leaves in branches:
        yield head
        if head.key not in folded:
            yield from leaves


def _formations(state: State, owner: int, rows: Sequence[int]) -> Iterator[tuple[OobRow, list[OobRow]]]:
    """Formations by name, each headquarters first; units of none stand at the end."""
    roster, found = state.world.roster, dict[str, list[int]]()
    for row in rows:
        found.setdefault(roster.formation[row], []).append(row)
    for name in sorted(found, key=lambda one: (not one, one)):
        members = sorted(found[name], key=lambda row: ("hq" not in roster.traits[row], roster.name[row]))
        key = f"{owner}/{name}"
        head = OobRow(-1, name or say("Without a formation"), _summed(state, members, members), 1, key)
        yield head, [OobRow(row, roster.name[row], unit_detail(state, row), 2, key) for row in members]


def _others(state: State, owner: int, due: Sequence[int], lost: Sequence[int]) -> Iterator[tuple[OobRow, list[OobRow]]]:
    """What is still to come, by turn, and what is lost."""
    roster, units = state.world.roster, state.units
    if due:
        key = f"{owner}/+"
        rows = sorted(due, key=lambda row: (units.due[row], roster.name[row]))
        leaves = [OobRow(row, roster.name[row], _coming(state, row), 2, key) for row in rows]
        yield OobRow(-1, say("Still to come"), count(len(due), "{n} unit", "{n} units"), 1, key), leaves
    if lost:
        key = f"{owner}/-"
        rows = sorted(lost, key=lambda row: roster.name[row])
        leaves = [OobRow(row, roster.name[row], roster.formation[row] or say("lost"), 2, key) for row in rows]
        yield OobRow(-1, say("Lost"), count(len(lost), "{n} unit", "{n} units"), 1, key), leaves


def _coming(state: State, row: int) -> str:
    steps = state.units.steps[row] or state.world.roster.steps[row]
    return count(steps, "turn {turn} · {n} step", "turn {turn} · {n} steps", turn=state.units.due[row])


def _summed(state: State, rows: Sequence[int], every: Sequence[int]) -> str:
    """What a branch holds: units, steps of the full number, how many are cut off, and how many can still act."""
    units, full = state.units, state.world.roster.steps
    parts = [count(len(every), "{n} unit", "{n} units")]
    if rows:
        have, of = sum(units.steps[row] for row in rows), sum(full[row] for row in rows)
        parts.append(steps_words(have, of))
    if cut := sum(units.supply[row] == Supplied.CUT for row in rows):
        parts.append(say("{n} cut off", n=cut))
    if able := sum(can_do(state, row) for row in rows):
        parts.append(say("{n} can still act", n=able))
    return " · ".join(parts)


def unit_detail(state: State, row: int) -> str:
    """Where a unit stands, its steps, supply, and what it has done."""
    units, roster = state.units, state.world.roster
    supply = (say("in full supply"), say("stretched"), say("cut off"))[units.supply[row]]
    return say(
        "{hex} · {steps} · {supply} · {done}",
        hex=hex_name(state.world, units.hex[row]), steps=steps_words(units.steps[row], roster.steps[row]),
        supply=supply, done=done_words(state, row),
    )  # fmt: skip
