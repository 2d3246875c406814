"""Tips: what the table explains once, when its situation first arises. Texts are in ``assets/tips.yaml``.

A situation is a question to a seat's view, so a tip tells nothing that its player does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from game.faults import ContentFault
from game.rules import airspace, columns, combat, out_of_reach, strays, strongpoints, taking, zones
from game.schema import reader
from game.schema.nodes import ListNode, Node, TableNode, TextNode
from game.shipped import shipped
from game.state.codes import Supplied
from game.state.tables import State
from game.ui import targets
from game.ui.selection import Selection


@dataclass(frozen=True, slots=True)
class Tip:
    """One tip: the situation in which it is shown, its words, and the rule that tells more."""

    id: str
    when: str
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What a seat sees: its view's state, what it has selected, and the hex under the mouse (-1 none)."""

    state: State
    faction: int
    selection: Selection
    hover: int = -1


def _own(at: Situation) -> list[int]:
    """Rows of the seat's units on the map."""
    owners, hexes = at.state.world.roster.faction, at.state.units.hex
    return [row for row, owner in enumerate(owners) if owner == at.faction and hexes[row] >= 0]


def _supplied(how: Supplied) -> Callable[[Situation], bool]:
    return lambda at: any(at.state.units.supply[row] == how for row in _own(at))


def _can(*kinds: str) -> Callable[[Situation], bool]:
    return lambda at: any(not targets.why_not(at.state, at.faction, "", kind) for kind in kinds)


def _column(at: Situation) -> bool:
    return any(columns.COLUMN in at.state.world.roster.traits[row] for row in _own(at))


def _sky_closed(at: Situation) -> bool:
    hexes = {at.state.units.hex[row] for row in _own(at)}
    return any(airspace.closed_by(at.state, at.faction, here) >= 0 for here in hexes)


def _salvo(at: Situation) -> bool:
    kinds = at.state.world.rules.support.kinds
    return any(points and kinds[kind].arsenals for kind, points in at.state.clock.support[at.faction])


def _watched(at: Situation) -> bool:
    """A unit stands in a place that has not fallen yet, or is about to be sent into one."""
    state, row = at.state, at.state.world.row.get(at.selection.unit, -1)
    if not state.world.rules.movement.taking_watched:
        return False
    goals = [(one, state.units.hex[one]) for one in _own(at)]
    if row >= 0 and at.hover in out_of_reach.stops(state, row) and zones.known_zone(state, at.faction)[at.hover]:
        goals.append((row, at.hover))
    return any(taking.is_hostile_place(state, one, here) and taking.may_take(state, one) for one, here in goals)


def _strongpoints(at: Situation) -> bool:
    target = at.selection.target
    return at.selection.mode == "attack" and target >= 0 and bool(
        strongpoints.defended(at.state, target, combat.foes_at(at.state, at.faction, target))
    )  # fmt: skip


def _near_others(at: Situation) -> bool:
    target = at.hover if at.selection.mode == "strike" else at.selection.target
    return target >= 0 and bool(strays.others_near(at.state, at.faction, target)) and (
        at.selection.mode == "strike" or bool(at.selection.support)
    )  # fmt: skip


SITUATIONS: Mapping[str, Callable[[Situation], bool]] = MappingProxyType(
    {
        "unit_cut_off": _supplied(Supplied.CUT),
        "unit_stretched": _supplied(Supplied.STRETCHED),
        "column_on_the_map": _column,
        "can_warn": _can("warn"),
        "can_concede": _can("standstill", "grounding"),
        "blamed": lambda at: bool(at.state.factions.blamed[at.faction]),
        "can_close_sky": _can("close_sky"),
        "sky_closed_to_you": _sky_closed,
        "salvo_kept": _salvo,
        "at_an_enemy_place": _watched,
        "strike_near_others": _near_others,
        "attacks_strongpoints": _strongpoints,
    }
)
"""What a tip can wait for."""


OF_THE_MOMENT = frozenset({"at_an_enemy_place", "strike_near_others", "attacks_strongpoints"})
"""What is about to be done just now; the rest is as true in the next turn."""


def arises(tip: Tip, at: Situation) -> bool:
    """Whether the situation of a tip is there."""
    return SITUATIONS[tip.when](at)


@lru_cache(maxsize=4)
def load_tips(path: Path | None = None) -> tuple[Tip, ...]:
    """The tips of a file, or the shipped ones; raises ContentFault where it says something else."""
    source = path or shipped("assets", "tips.yaml")
    root, problems = reader.read_file(source)
    listed = root.values.get("tips") if isinstance(root, TableNode) else None
    if problems or not isinstance(listed, ListNode):
        raise ContentFault(f"{source}: no list of tips.", "restore the file")
    found = tuple(_tip(one, source) for one in listed.items)
    if len({tip.id for tip in found}) < len(found):
        raise ContentFault(f"{source}: two tips have the same id.", "give each its own")
    return found


def _tip(node: Node, source: Path) -> Tip:
    texts = {
        key: " ".join(value.text.split()) for key, value in node.values.items() if isinstance(value, TextNode)
    } if isinstance(node, TableNode) else {}  # fmt: skip
    if set(texts) != {"id", "when", "text", "rule"} or texts["when"] not in SITUATIONS:
        known = ", ".join(sorted(SITUATIONS))
        raise ContentFault(f"{source}: a tip has id, when, text and rule; when is one of {known}.", "correct that tip")
    return Tip(texts["id"], texts["when"], texts["text"], texts["rule"])
