"""The kinds of orders, each declared once: the order bar, keys, help and the table's modes follow.

To add one, write a row in ``KINDS`` once the engine knows the order (docs/architecture.md, "Adding an order").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game import orders as od
from game.rules import ladder, river
from game.rules.concessions import sky_price, warning_price
from game.rules.liaison import hotline_price
from game.scenario.world import World
from game.state.tables import State
from game.ui import aims
from game.ui.aims import Aim
from game.ui.panels.top_bar import SHORT_SUPPORT
from game.words import say

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
    return lambda state, faction, kind: say("{n} CP", n=number) if (number := price(state)) else ""


def _liaison(price: Callable[[State], int]) -> Price:
    return lambda state, faction, kind: say("{n} LP", n=price(state))


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
        return say("{n} left", n=left) if left else ""

    return price


def _drops_left(state: State, faction: int, kind: str) -> str:
    left = state.support_of(faction).get("airdrop", 0)
    return say("{n} left", n=left) if left else ""


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

BESIDE_RIVER = say("the unit is not adjacent to a river")
NO_ENEMY = say("you know of no enemy in range")

KINDS: tuple[OrderKind, ...] = (
    OrderKind(
        "attack", od.Attack, "Attack", "A",
        say("Attack a known enemy adjacent to the unit; tick the units that join it."),
        aim=aims.attack, nothing=say("no known enemy is adjacent to this unit"),
    ),
    OrderKind(
        "bombard", od.Bombard, "Bombard", "B", say("Fire artillery at a hex in range: a chance to disrupt 1 step."),
        aim=aims.bombard, nothing=NO_ENEMY,
    ),
    OrderKind(
        "march", od.March, "March", "M", say("Use the action to march further, by road only."),
        at_once=lambda unit: od.March(unit),
    ),
    OrderKind(
        "forced", od.March, "Forced", "F",
        say("Use the action and CP to march further; 1 step is disrupted."),
        at_once=lambda unit: od.March(unit, True),
        price=_command(lambda state: state.world.rules.command.forced_march),
    ),
    OrderKind(
        "dig_in", od.DigIn, "Dig in", "D", say("Use the action to entrench 1 level."),
        at_once=lambda unit: od.DigIn(unit),
    ),
    OrderKind(
        "rest", od.Rest, "Rest", "R", say("Use the action to recover 1 disrupted step."),
        at_once=lambda unit: od.Rest(unit),
    ),
    OrderKind(
        "refit", od.Rest, "Refit", "E", say("Use the action, CP and the replacement pool to rebuild 1 lost step."),
        at_once=lambda unit: od.Rest(unit, True),
        price=_command(lambda state: state.world.rules.command.refit),
    ),
    OrderKind(
        "unload", od.Unload, "Unload", "Q",
        say("A supply column feeds hungry towns and units around it, and drives back for more."),
        at_once=lambda unit: od.Unload(unit),
    ),
    OrderKind(
        "pontoon", od.Bridge, "Pontoon", "P", say("Engineers start a pontoon bridge."),
        heading=say("Start a pontoon bridge"),
        aim=aims.build_over("pontoon"), nothing=BESIDE_RIVER, price=_work("pontoon"),
    ),
    OrderKind(
        "ferry", od.Bridge, "Ferry", "Y", say("Engineers start a ferry; it opens at once and carries little."),
        heading=say("Start a ferry"), aim=aims.build_over("ferry"), nothing=BESIDE_RIVER, price=_work("ferry"),
    ),
    OrderKind(
        "repair", od.Bridge, "Repair", "G", say("Engineers repair a blown bridge."),
        heading=say("Repair the bridge"), aim=aims.build_over("repair"), nothing=BESIDE_RIVER, price=_work("repair"),
    ),
    OrderKind(
        "boats", od.Bridge, "Boats", "O", say("Cross to an empty bank by boat or ferry."),
        heading=say("Cross by boat"), aim=aims.build_over("boats"), nothing=BESIDE_RIVER,
        price=_command(lambda state: state.world.rules.river.assault_command),
    ),
    OrderKind(
        "blow", od.Blow, "Blow", "X", say("Blow a crossing adjacent to the unit."),
        heading=say("Blow the crossing"), aim=aims.blow, nothing=BESIDE_RIVER,
    ),
    OrderKind(
        "infiltrate", od.Infiltrate, "Infiltrate", "I", say("Infiltrate to an empty hex."),
        aim=aims.infiltrate, nothing=say("there is no hex to infiltrate to"),
    ),
    OrderKind(
        "air_drop", od.AirDrop, "Air drop", "L", say("Drop supplies on a hex that no road feeds."),
        aim=aims.air_drop, of_faction=True, price=_drops_left,
    ),
    OrderKind(
        "strike", od.Strike, "Strike", "S",
        say("Send support against units seen in a hex; press again for the next kind."),
        aim=aims.strike, nothing=say("you have no support left that can strike"), of_faction=True,
        supports=strike_kinds, price=_strike_price,
    ),
    OrderKind(
        "interdict", od.Interdict, "Interdict", "T",
        say("Make a road hex costly for enemy supply until your next turn; ambush lone supply columns there."),
        heading=say("Interdict the road"), aim=aims.interdict, of_faction=True, price=_left("interdicts"),
    ),
    OrderKind(
        "break_bridge", od.StrikeBridge, "Hit bridge", "K", say("Try to break a crossing with support."),
        heading=say("Break the crossing"),
        aim=aims.break_bridge, nothing=say("there is no crossing to break"), of_faction=True,
        price=_left("bridge"),
    ),
    OrderKind(
        "scout", od.Scout, "Scout", "C", say("A reconnaissance flight shows what is around a hex."),
        aim=aims.scout, of_faction=True, price=_left("scouts"),
    ),
    OrderKind(
        "corridor", od.Notify, "Corridor", "N",
        say("Notify the other bloc of a corridor: acts in it are safe until your next turn."),
        heading=say("Notify the other bloc of a corridor"),
        gathers=_shortest_corridor, of_faction=True, between_blocs=True,
        price=_liaison(_corridor_price),
    ),
    OrderKind(
        "hotline", od.Hotline, "Hotline", "H", say("Call the other bloc: lower risks this turn."),
        at_once=lambda unit: od.Hotline(), of_faction=True, between_blocs=True, price=_liaison(hotline_price),
    ),
    OrderKind(
        "cede", od.Cede, "Cede", "Z", say("Cede an objective to the other bloc: the ladder falls 1 rung."),
        aim=aims.cede, nothing=say("you hold no objective"), of_faction=True, between_blocs=True,
    ),
    OrderKind(
        "standstill", od.Standstill, "Stand still", "U",
        say("A concession: until your next turn you keep off the other bloc, and the ladder falls 1 rung."),
        at_once=lambda unit: od.Standstill(), of_faction=True, between_blocs=True,
    ),
    OrderKind(
        "grounding", od.Grounding, "Ground", "J",
        say("A concession: you give up your support, and the ladder falls 1 rung."),
        at_once=lambda unit: od.Grounding(), of_faction=True, between_blocs=True,
    ),
    OrderKind(
        "warn", od.Warn, "Warn", "W",
        say("Warn the other bloc off an unclaimed objective: its risks there rise, and so does the ladder."),
        heading=say("Warn the other bloc"), aim=aims.warn, nothing=say("there is no objective to warn it off"),
        of_faction=True, between_blocs=True, price=_liaison(warning_price),
    ),
    OrderKind(
        "close_sky", od.CloseSky, "Close sky", "V",
        say("Close the sky around a hex to the other bloc's aircraft until the end of your next turn."),
        heading=say("Close the sky"), aim=aims.close_sky, nothing=say("you have no troops there"),
        of_faction=True, between_blocs=True, price=_liaison(sky_price),
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
