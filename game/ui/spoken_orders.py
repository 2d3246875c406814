"""An order in a few words, as its giver would say it: for undo, the staff's advice and the context menu."""

from __future__ import annotations

from game import orders as od
from game.scenario.world import World
from game.ui.panels.hex_panel import hex_name
from game.words import count, listed, say


def spoken(world: World, order: od.Order) -> str:
    """The order in a clause; units by name, hexes by place and label. ``world`` is that of the giver's view."""
    match order:
        case od.Move(unit, path):
            return say("{unit}: march to {hex}", unit=_unit(world, unit), hex=hex_name(world, path[-1]))
        case od.Attack(units, target):
            return say("{units}: attack on {hex}", units=_units(world, units), hex=hex_name(world, target))
        case od.Bombard(unit, target):
            return say("{unit}: bombardment of {hex}", unit=_unit(world, unit), hex=hex_name(world, target))
        case od.March(unit, forced):
            name = _unit(world, unit)
            return say("{unit}: forced march", unit=name) if forced else say("{unit}: road march", unit=name)
        case od.DigIn(unit):
            return say("{unit}: dig in", unit=_unit(world, unit))
        case od.Rest(unit, refit):
            name = _unit(world, unit)
            return say("{unit}: refit", unit=name) if refit else say("{unit}: rest", unit=name)
        case od.Unload(unit):
            return say("{unit}: unload", unit=_unit(world, unit))
        case od.Infiltrate(unit, target):
            return say("{unit}: infiltration to {hex}", unit=_unit(world, unit), hex=hex_name(world, target))
        case od.Bridge(unit, _, kind):
            return _of_work(kind, _unit(world, unit))
        case od.Blow(unit, _):
            return say("{unit}: demolition of a crossing", unit=_unit(world, unit))
        case _:
            return _of_faction(world, order)


def _of_work(kind: str, name: str) -> str:
    """An order of engineers or boats."""
    if kind == "pontoon":
        return say("{unit}: work on a pontoon bridge", unit=name)
    if kind == "ferry":
        return say("{unit}: work on a ferry", unit=name)
    if kind == "repair":
        return say("{unit}: repair of a bridge", unit=name)
    return say("{unit}: crossing by boat", unit=name)


def _of_faction(world: World, order: od.Order) -> str:
    """An order that no unit carries out."""
    match order:
        case od.Strike(kind, target, points):
            name = world.rules.support.kinds[kind].name
            return count(points, "{support} on {hex}", "{support} on {hex}, {n} points",
                         support=name, hex=hex_name(world, target))  # fmt: skip
        case od.Notify(hexes):
            return count(len(hexes), "a corridor of {n} hex", "a corridor of {n} hexes")
        case od.StrikeBridge():
            return say("a strike on a crossing")
        case od.Hotline():
            return say("a call on the hotline")
        case od.Standstill():
            return say("your troops stand still")
        case od.Grounding():
            return say("your aircraft stay on the ground")
        case od.EndTurn():
            return say("the end of the turn")
        case od.Interdict(target):
            return say("interdiction of {hex}", hex=hex_name(world, target))
        case od.Scout(target):
            return say("a reconnaissance flight over {hex}", hex=hex_name(world, target))
        case od.AirDrop(target):
            return say("an air drop at {hex}", hex=hex_name(world, target))
        case od.Cede(target):
            return say("{hex} goes to the other bloc", hex=hex_name(world, target))
        case od.Warn(target):
            return say("a warning about {hex}", hex=hex_name(world, target))
        case od.CloseSky(target):
            return say("the sky over {hex} is closed", hex=hex_name(world, target))
    raise TypeError(f"{order!r} has no words")


def _unit(world: World, unit: str) -> str:
    row = world.row.get(unit, -1)
    return world.roster.name[row] if row >= 0 else unit


def _units(world: World, units: tuple[str, ...]) -> str:
    """Names of some units; of many the first two and how many more."""
    names = [_unit(world, unit) for unit in units]
    if len(names) <= 3:
        return listed(names)
    return count(len(names) - 2, "{some} and {n} more unit", "{some} and {n} more units", some=", ".join(names[:2]))
