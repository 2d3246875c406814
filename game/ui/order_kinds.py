"""The kinds of orders, each declared once: the order bar, keys, help and the table's modes follow.

To add one, write a row in ``KINDS`` once the engine knows the order (docs/architecture.md, "Adding an order").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game import orders as od
from game.rules import ladder, river
from game.rules.liaison import hotline_price
from game.scenario.world import World
from game.state.tables import State
from game.ui import aims
from game.ui.aims import Aim
from game.ui.panels.top_bar import SHORT_SUPPORT

Price = Callable[[State, int, str], str]
"""From the moment, the faction and a kind of support to the small print of the button: a price, or what is left."""


def _free(state: State, faction: int, kind: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class OrderKind:
    """One button of the order bar. ``key`` is the mode of the table in which the order is prepared.

    ``order`` is what it becomes, ``title``, ``letter`` (with Shift) and ``about`` what the button, the tip and the
    help say, ``price`` its small print, ``heading`` what its forecast is headed with where that is not the title. One
    of three ways leads to the order: it is given ``at_once`` to the unit in hand; or ``aim`` lists hexes for it,
    ``nothing`` saying why there are none; or it ``gathers`` hexes one by one, which the order that it names tries out.
    ``supports`` are the kinds of support that it is given with, one after the other; an order ``of_faction`` needs no
    unit in hand, and one ``between_blocs`` a war in which there are two.
    """

    key: str
    order: type[od.Order]
    title: str
    letter: str
    about: str
    heading: str = ""
    at_once: Callable[[str], od.Order] | None = None
    aim: Aim | None = None
    gathers: Callable[[State], od.Order] | None = None
    nothing: str = "there is nothing to aim at"
    of_faction: bool = False
    supports: Callable[[State], Sequence[str]] | None = None
    price: Price = _free
    between_blocs: bool = False

    @property
    def word(self) -> str:
        """The word of the order in its text form."""
        return self.order.word


# --- prices ---------------------------------------------------------------------------------------------------


def _command(price: Callable[[State], int]) -> Price:
    return lambda state, faction, kind: f"{number} CP" if (number := price(state)) else ""


def _liaison(price: Callable[[State], int]) -> Price:
    return lambda state, faction, kind: f"{price(state)} LP"


def _work(what: str) -> Price:
    return _command(lambda state: river.work_price(state, what))


def _corridor_price(state: State) -> int:
    rules = state.world.rules.deconfliction
    return rules.corridor + rules.rungs[state.clock.ladder].liaison


def _left(use: str) -> Price:
    """Points of every kind of support that can do something."""

    def price(state: State, faction: int, kind: str) -> str:
        kinds = state.world.rules.support.kinds
        left = sum(n for one, n in state.support_of(faction).items() if one in kinds and getattr(kinds[one], use))
        return f"{left} left" if left else ""

    return price


def _drops_left(state: State, faction: int, kind: str) -> str:
    left = state.support_of(faction).get("airdrop", 0)
    return f"{left} left" if left else ""


def strike_kinds(state: State) -> tuple[str, ...]:
    """Kinds of support in hand that can strike a hex."""
    kinds = state.world.rules.support.kinds
    return tuple(
        kind for kind, points in state.clock.support[state.faction] if points and kind in kinds and kinds[kind].hit
    )


def _strike_price(state: State, faction: int, kind: str) -> str:
    have, kinds = state.support_of(faction), state.world.rules.support.kinds
    kind = kind or next(iter(sorted(one for one, n in have.items() if n and one in kinds and kinds[one].hit)), "")
    return f"{SHORT_SUPPORT.get(kind, kind)} {have.get(kind, 0)}" if kind else ""


def _shortest_corridor(state: State) -> od.Order:
    """A corridor of one hex: is it refused, so is every other."""
    return od.Notify((next(here for here in range(state.world.grid.size) if state.world.terrain[here] >= 0),))


# --- the list -------------------------------------------------------------------------------------------------

BESIDE_RIVER = "the unit does not stand beside a river"
NO_ENEMY = "no enemy is known"

KINDS: tuple[OrderKind, ...] = (
    OrderKind(
        "attack", od.Attack, "Attack", "A", "Attack a known enemy next to the unit; tick who joins it.",
        aim=aims.attack, nothing="no known enemy stands next to this unit",
    ),
    OrderKind(
        "bombard", od.Bombard, "Bombard", "B", "Fire guns at a hex in range: a chance to disrupt a step.",
        aim=aims.bombard, nothing=NO_ENEMY,
    ),
    OrderKind(
        "march", od.March, "March", "M", "Road march: use the action to go half again as far, by road only.",
        at_once=lambda unit: od.March(unit),
    ),
    OrderKind(
        "forced", od.March, "Forced", "F",
        "Forced march: use the action and a command point to go further; a step is disrupted.",
        at_once=lambda unit: od.March(unit, True),
        price=_command(lambda state: state.world.rules.command.forced_march),
    ),
    OrderKind(
        "dig_in", od.DigIn, "Dig in", "D", "Use the action to entrench one level deeper.",
        at_once=lambda unit: od.DigIn(unit),
    ),
    OrderKind(
        "rest", od.Rest, "Rest", "R", "Use the action to gather a disrupted step.",
        at_once=lambda unit: od.Rest(unit),
    ),
    OrderKind(
        "refit", od.Rest, "Refit", "E", "Use the action, a command point and a replacement to regain a lost step.",
        at_once=lambda unit: od.Rest(unit, True),
        price=_command(lambda state: state.world.rules.command.refit),
    ),
    OrderKind(
        "pontoon", od.Bridge, "Pontoon", "P", "Engineers build a pontoon; it opens next turn.",
        heading="Build a pontoon", aim=aims.build_over("pontoon"), nothing=BESIDE_RIVER, price=_work("pontoon"),
    ),
    OrderKind(
        "ferry", od.Bridge, "Ferry", "Y", "Engineers run a ferry at once; it carries little.",
        heading="Run a ferry", aim=aims.build_over("ferry"), nothing=BESIDE_RIVER, price=_work("ferry"),
    ),
    OrderKind(
        "repair", od.Bridge, "Repair", "G", "Engineers mend a blown bridge.",
        heading="Repair the bridge", aim=aims.build_over("repair"), nothing=BESIDE_RIVER, price=_work("repair"),
    ),
    OrderKind(
        "boats", od.Bridge, "Boats", "O", "Cross to an empty far bank by boat.",
        heading="Cross by boat", aim=aims.build_over("boats"), nothing=BESIDE_RIVER,
        price=_command(lambda state: state.world.rules.river.assault_command),
    ),
    OrderKind(
        "blow", od.Blow, "Blow", "X", "Blow a crossing beside the unit.",
        heading="Blow the crossing", aim=aims.blow, nothing=BESIDE_RIVER,
    ),
    OrderKind(
        "infiltrate", od.Infiltrate, "Infiltrate", "I", "Raiders slip through gaps to an empty hex.",
        aim=aims.infiltrate, nothing="there is nowhere to slip through to",
    ),
    OrderKind(
        "air_drop", od.AirDrop, "Air drop", "L", "Drop supplies on a besieged hex.",
        aim=aims.air_drop, of_faction=True, price=_drops_left,
    ),
    OrderKind(
        "strike", od.Strike, "Strike", "S", "Send support against units seen in a hex; again for the next kind.",
        aim=aims.strike, nothing="no support that could strike is left this turn", of_faction=True,
        supports=strike_kinds, price=_strike_price,
    ),
    OrderKind(
        "interdict", od.Interdict, "Interdict", "T", "Close a road hex to enemy traffic until your next turn.",
        heading="Interdict the road", aim=aims.interdict, of_faction=True, price=_left("interdicts"),
    ),
    OrderKind(
        "break_bridge", od.StrikeBridge, "Hit bridge", "K", "Try to break a crossing from the air or with fires.",
        heading="Break the crossing", aim=aims.break_bridge, nothing="no crossing is left to break", of_faction=True,
        price=_left("bridge"),
    ),
    OrderKind(
        "scout", od.Scout, "Scout", "C", "A reconnaissance flight shows what stands around a hex.",
        aim=aims.scout, of_faction=True, price=_left("scouts"),
    ),
    OrderKind(
        "corridor", od.Notify, "Corridor", "N",
        "Notify the other bloc of a corridor: acts in it are safe until your next turn.",
        heading="Notify a corridor", gathers=_shortest_corridor, of_faction=True, between_blocs=True,
        price=_liaison(_corridor_price),
    ),
    OrderKind(
        "hotline", od.Hotline, "Hotline", "H", "Call the other bloc: smaller risks this turn, or a rung down.",
        at_once=lambda unit: od.Hotline(), of_faction=True, between_blocs=True, price=_liaison(hotline_price),
    ),
    OrderKind(
        "cede", od.Cede, "Hand over", "Z", "Hand a prize to the other bloc: the ladder falls a rung.",
        aim=aims.cede, nothing="no prize is held", of_faction=True, between_blocs=True,
    ),
)  # fmt: skip
"""Every kind of order that has a button, in their order. A march is given by a click, and the turn's end by its own."""


def offered(world: World | None) -> tuple[OrderKind, ...]:
    """The kinds that have a meaning in a war; without a world all of them."""
    blocs = world is None or ladder.two_blocs(world)
    return tuple(kind for kind in KINDS if blocs or not kind.between_blocs)


def named(key: str) -> OrderKind | None:
    """The kind of a mode."""
    return next((kind for kind in KINDS if kind.key == key), None)


def at_letter(key: int) -> OrderKind | None:
    """The kind that Shift and a key of the table give: letters have the codes of their small characters."""
    return next((kind for kind in KINDS if ord(kind.letter.lower()) == key), None)
