"""The overlays of the map, each declared once: the view bar, keys, help, pictures and the command line follow.

To add one, write its drawing function and a row in ``OVERLAYS`` (docs/architecture.md, "Adding an overlay").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from game.rules import airspace, fog, ladder
from game.scenario import annals
from game.scenario.calendar import spoken
from game.scenario.world import World
from game.state.tables import State
from game.ui import choke_points, supply_view, worldview
from game.ui.kit.theme import Colour, Theme
from game.ui.mapview.arrows import Fence, Ring
from game.ui.mapview.bloc_line import BODY, EDGE, LIGHT, BlocLine
from game.ui.mapview.ghost import Ghost
from game.ui.mapview.legend import BreakSign, DashSign, FlagSign, Legend, RingSign, StreamSign
from game.ui.mapview.overlays import HexStyle, control_overlay, heat_overlay, threat_overlay
from game.ui.mapview.streams import Break, Stream
from game.words import count, say

UNSEEN = Colour(28, 30, 38)
CONTROL_THEN = 40
"""How strongly the ground is tinted that was held on a day of history, in hundredths."""


@dataclass(frozen=True, slots=True)
class Looking:
    """What an overlay is drawn from: the game as a faction knows it (-1: as nobody does), and what else is shown.

    ``unit`` is in hand, "" none; ``day`` is a day of history that takes the place of the present, "" none.
    """

    state: State
    faction: int
    theme: Theme
    unit: str = ""
    shown: frozenset[str] = frozenset()
    day: str = ""


@dataclass(frozen=True, slots=True)
class DrawnOverlay:
    """What an overlay lays on the map; whatever it leaves out stays as it is."""

    hexes: Mapping[int, HexStyle] = field(default_factory=dict)
    rings: tuple[Ring, ...] = ()
    fences: tuple[Fence, ...] = ()
    ghosts: tuple[Ghost, ...] = ()
    bloc_lines: tuple[BlocLine, ...] = ()
    streams: tuple[Stream, ...] = ()
    breaks: tuple[Break, ...] = ()
    grid: bool = False
    legend: Legend | None = None


def _nothing_missing(world: World) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class OverlayKind:
    """One overlay. ``name`` is its word on the command line, ``about`` what one sees, as its legend and tip say it.

    ``title`` and ``key`` are its button and letter at the table, "" for one that always shows there. ``whose`` tells
    whether it is "nobody's", "somebody's" (a faction must be named), or "anybody's" (one may be). It is drawn anew
    when the game has moved on, with ``of_unit`` also when another unit is in hand; ``drawn_from`` narrows that down
    to what its picture depends on. ``missing`` tells what a world lacks.
    """

    name: str
    title: str
    key: str
    about: str
    draw: Callable[[Looking], DrawnOverlay]
    whose: str = "nobody's"
    of_unit: bool = False
    drawn_from: Callable[[Looking], object] | None = None
    missing: Callable[[World], str] = _nothing_missing

    @property
    def words(self) -> str:
        """How it is asked for on the command line, such as ``supply:FACTION``."""
        return self.name + {"nobody's": "", "somebody's": ":FACTION", "anybody's": "[:FACTION]"}[self.whose]


# --- drawing --------------------------------------------------------------------------------------------------


def _control(looking: Looking) -> DrawnOverlay:
    world = looking.state.world
    if looking.day:
        held = world.looks_of(annals.ground_on(world, looking.day))
        return DrawnOverlay(control_overlay(held, looking.theme, CONTROL_THEN))
    return DrawnOverlay(worldview.control(looking.state, looking.theme, strong="held" in looking.shown))


def _control_from(looking: Looking) -> object:
    return looking.day, "held" in looking.shown, looking.state.hexes.control


def _held(looking: Looking) -> DrawnOverlay:
    """The tint of held ground is stronger with it at the table; alone it is drawn by itself."""
    state, theme = looking.state, looking.theme
    tints = control_overlay((faction.look for faction in state.world.factions), theme, 58)
    rows = tuple((tints[n], faction.name) for n, faction in enumerate(state.world.factions) if n in tints)
    legend = Legend(say("Who controls the ground"), rows)
    return DrawnOverlay(
        {} if "control" in looking.shown else worldview.control(state, theme, strong=True), legend=legend
    )


def _line(looking: Looking) -> DrawnOverlay:
    state, theme = looking.state, looking.theme
    ways, lines = worldview.corridors(state, theme), worldview.bloc_line(state)
    rows: list[tuple[HexStyle, str]] = []
    if lines:
        rows.append((HexStyle(BODY.faded(150), "", None, EDGE), say("the line between the blocs")))
    if any(line.tense for line in lines):
        rows.append((HexStyle(LIGHT), say("troops of both stand within two hexes")))
    rows += [(style, say("a corridor")) for style in list(ways.values())[:1]]
    return DrawnOverlay(ways, bloc_lines=lines, legend=Legend(say("The line"), tuple(rows)) if rows else None)


def _one_bloc(world: World) -> str:
    return "" if ladder.two_blocs(world) else say("This war has no two rival blocs, and so no line between them.")


def _supply(looking: Looking) -> DrawnOverlay:
    state, faction, theme = looking.state, looking.faction, looking.theme
    net = state.kept(("supply drawn", faction, theme.marks), lambda: worldview.supply_net(state, faction, theme))
    streams, breaks = supply_view.streams(state, faction, looking.unit)
    legend = Legend(say("Supply of {faction}", faction=state.world.factions[faction].adjective), (
        (StreamSign("full"), say("full")),
        (StreamSign("stretched"), say("stretched")),
        (StreamSign("cut"), say("cut: nothing comes through")),
        (BreakSign(), say("where it is cut, and by whom")),
    ))  # fmt: skip
    return DrawnOverlay(net, streams=streams, breaks=breaks, legend=legend)


def _threat(looking: Looking) -> DrawnOverlay:
    drawn = worldview.threat(looking.state, looking.faction, looking.unit, looking.theme)
    shades = threat_overlay(dict(enumerate(range(1, 5))), looking.theme)
    words = worldview.threat_grades(looking.state.world)
    title = say("Known enemies could attack") if looking.unit else say("Known enemies could attack your stacks")
    rows = tuple((shades[n], say("at {odds} or better", odds=odds)) for n, odds in enumerate(words))
    return DrawnOverlay(drawn, legend=Legend(title, rows))


def _objectives(looking: Looking) -> DrawnOverlay:
    hexes, rings = worldview.objectives(looking.state, looking.faction, looking.theme)
    rows = [(HexStyle(text="3"), say("an objective, with its points"))]
    around = (RingSign(looking.theme.marks.objective), say("earns points for your faction"))
    return DrawnOverlay(hexes, rings, legend=Legend(say("Objectives"), (*rows, *([around] if rings else []))))


def _idle(looking: Looking) -> DrawnOverlay:
    rows = ((RingSign(looking.theme.marks.good), say("a unit here can still march or act")),)
    rings = worldview.idle_rings(looking.state, looking.faction, looking.theme)
    return DrawnOverlay(rings=rings, legend=Legend(say("Idle units"), rows))


def _ghost(looking: Looking) -> DrawnOverlay:
    world, then = looking.state.world, looking.day
    if not annals.has_history(world):
        return DrawnOverlay()
    day = then or worldview.present_day(looking.state)
    flags = worldview.ghosts(looking.state, day)
    if then:  # beside the holders of that day there is no game to compare with
        flags = tuple(replace(flag, differs=False) for flag in flags)
    fences = worldview.ghost_front(world, day, looking.theme)
    words = say("holder then") if then else say("holder then, as in the game")
    rows: list[tuple[FlagSign | DashSign, str]] = [(FlagSign(), words)]
    if not then:
        rows.append((FlagSign(differs=True), say("holder then, another one in the game")))
    if fences:
        rows.append((DashSign(looking.theme.marks.ghost), say("front then, estimated between the places")))
    legend = Legend(say("History on {date}", date=spoken(day)), tuple(rows))
    return DrawnOverlay(ghosts=flags, fences=fences, legend=legend)


def _ghost_from(looking: Looking) -> object:
    return looking.day, worldview.present_day(looking.state), looking.state.hexes.control


def _no_history(world: World) -> str:
    return "" if annals.has_history(world) else say("This scenario has no history to compare with.")


def _intel(looking: Looking) -> DrawnOverlay:
    """What is out of sight lies under a veil; what was seen of others there carries its age in turns."""
    state, faction, theme = looking.state, looking.faction, looking.theme
    seen = fog.visible_hexes(state, faction)
    veil = HexStyle(UNSEEN.faded(62), "falling", UNSEEN.faded(88))
    drawn = {here: veil for here in range(state.world.grid.size) if state.world.terrain[here] >= 0 and not seen[here]}
    intel, old = state.intel[faction], dict[int, int]()
    for row, owner in enumerate(state.world.roster.faction):
        here = intel.hex[row]
        if here >= 0 and intel.level[row] and not state.world.friends(faction, owner):
            ago = worldview.age(state, faction, row)
            old[here] = max(ago, old.get(here, 0))
    ages = heat_overlay({here: min(4, ago + 1) for here, ago in old.items() if ago}, theme.marks.objective,
                        {here: say("−{n}", n=ago) for here, ago in old.items()})  # fmt: skip
    rows = [(veil, say("out of sight now"))]
    if ages:
        rows.append((next(iter(ages.values())), say("others were seen there, so many turns ago")))
    army = state.world.factions[faction].adjective
    return DrawnOverlay({**drawn, **ages}, legend=Legend(say("Intelligence of {faction}", faction=army), tuple(rows)))


def _airspace(looking: Looking) -> DrawnOverlay:
    """Where one may fly, must give notice, or may not fly at all."""
    state, faction, marks = looking.state, looking.faction, looking.theme.marks
    looks = {
        "free": (HexStyle(marks.good.faded(46), "", None, marks.good), say("your flights are free")),
        "notice": (HexStyle(marks.warn.faded(60), "dots", marks.warn.faded(170), marks.warn), say("announce a flight")),
        "barred": (HexStyle(marks.bad.faded(56), "rising", marks.bad.faded(150), marks.bad), say("you may not fly")),
        "closed": (
            HexStyle(marks.bad.faded(80), "cross", marks.bad.faded(190), marks.bad),
            say("closed to all flights"),
        ),
    }
    drawn, names = {}, dict[str, set[str]]()
    for here in range(state.world.grid.size):
        sky = airspace.over(state, here)
        if sky is None or state.world.terrain[here] < 0:
            continue
        how = "closed" if sky.no_fly else "barred" if faction not in sky.may_fly else (
            "notice" if faction in sky.must_notify else "free")  # fmt: skip
        drawn[here] = looks[how][0]
        names.setdefault(how, set()).add(sky.name)
    rows = tuple(
        (style, say("{what}: {names}", what=words, names=", ".join(sorted(names[how]))))
        for how, (style, words) in looks.items() if how in names
    )  # fmt: skip
    army = state.world.factions[faction].adjective
    return DrawnOverlay(drawn, legend=Legend(say("Airspace for {faction}", faction=army), rows))


def _no_airspace(world: World) -> str:
    return "" if world.airspace else say("This scenario has no airspace rules.")


def _chokes(looking: Looking) -> DrawnOverlay:
    """Hexes that all supply of some units leads through, with the steps beyond, and the smallest cut of all."""
    state, faction, marks = looking.state, looking.faction, looking.theme.marks
    found = choke_points.choke_points(state, faction)
    levels = {
        here: sum(steps * 100 >= found.steps * share for share in (0, 10, 20, 35))
        for here, steps in found.beyond.items()
    }
    texts = {here: str(steps) for here, steps in found.beyond.items()}
    drawn = heat_overlay(levels, marks.stretched, texts)
    rings = tuple(Ring(here, marks.cut) for here in sorted(found.cut))
    rows: list[tuple[HexStyle | RingSign, str]] = []
    if drawn:
        rows.append((heat_overlay({0: 2}, marks.stretched, {0: "9"})[0], say("steps fed through this hex alone")))
    if rings:
        words = count(len(rings), "this hex cuts off all of them", "these {n} hexes together cut off all of them")
        rows.append((RingSign(marks.cut), words))
    if not rows:
        rows.append((HexStyle(), say("no single hex cuts any unit off")))
    army = state.world.factions[faction].adjective
    return DrawnOverlay(drawn, rings, legend=Legend(say("Choke points of {faction}", faction=army), tuple(rows)))


def _grid(looking: Looking) -> DrawnOverlay:
    return DrawnOverlay(grid=True)


# --- the list -------------------------------------------------------------------------------------------------


OVERLAYS: tuple[OverlayKind, ...] = (
    OverlayKind("control", "", "", say("Who controls what, lightly tinted."), _control, drawn_from=_control_from),
    OverlayKind(
        "held", "Control", "K", say("Who controls what, strongly tinted."), _held,
        drawn_from=lambda looking: (_control_from(looking), "control" in looking.shown),
    ),
    OverlayKind(
        "line", "Line", "L", say("The line between the blocs; it glows where troops of both are close."), _line,
        missing=_one_bloc,
    ),
    OverlayKind(
        "supply", "Supply", "V", say("How supply flows to each unit, where it is cut and by whom."), _supply,
        whose="somebody's", of_unit=True,
    ),
    OverlayKind(
        "threat", "Threat", "T", say("What known enemies could do to the selected unit, or to each stack."), _threat,
        whose="somebody's", of_unit=True,
    ),
    OverlayKind(
        "chokes", "Choke points", "X", say("Hexes whose loss cuts off most of the supply, and the smallest cut."),
        _chokes, whose="somebody's",
    ),
    OverlayKind(
        "intel", "Intelligence", "I", say("What is out of sight, and how old the news of others is."), _intel,
        whose="somebody's",
    ),
    OverlayKind(
        "airspace", "Airspace", "J", say("Where you may fly, must give notice, or may not."), _airspace,
        whose="somebody's", missing=_no_airspace,
    ),
    OverlayKind("objectives", "Objectives", "O", say("Objectives with their points."), _objectives, whose="anybody's"),
    OverlayKind("idle", "Idle", "H", say("Who can still act."), _idle, whose="somebody's"),
    OverlayKind(
        "ghost", "History", "Y", say("Who controlled what on this day in history. F3 lists the dates."),
        _ghost, drawn_from=_ghost_from, missing=_no_history,
    ),
    OverlayKind("grid", "Grid", "G", say("Hexes and their numbers."), _grid, drawn_from=lambda looking: ()),
)  # fmt: skip
"""Every overlay, in the order in which they lie on the map, the first at the bottom."""

SHOWN_AT_FIRST = frozenset(("control",))


def shown_at_first(world: World) -> frozenset[str]:
    """What lies over a map before anybody chooses: the line too, where there are two rival blocs."""
    return SHOWN_AT_FIRST | {"line"} if ladder.two_blocs(world) else SHOWN_AT_FIRST


def on_the_bar() -> tuple[OverlayKind, ...]:
    """Those that a player can show and hide."""
    return tuple(kind for kind in OVERLAYS if kind.title)


def named(name: str) -> OverlayKind | None:
    """The overlay of a name."""
    return next((kind for kind in OVERLAYS if kind.name == name), None)


def at_key(key: int) -> OverlayKind | None:
    """The overlay that a key of the table shows: letters have the codes of their small characters."""
    return next((kind for kind in OVERLAYS if kind.key and ord(kind.key.lower()) == key), None)
