"""The worked examples of the rulebook, a function a chapter: played on the stage, and told with what came out."""

from __future__ import annotations

from collections.abc import Callable

from game import events as ev
from game import orders as od
from game.rulebook.stage import BANK, FAR_BANK, HIGHWAY, HILLS, TOWN, scene
from game.rules import (
    airspace,
    columns,
    combat,
    command,
    deconfliction,
    fog,
    forecasting,
    ground,
    ladder,
    movement,
    people,
    prizes,
    reinforcements,
    river,
    scripted,
    sequence,
    stacking,
    strays,
    strikes,
    supply,
    support,
    taking,
    victory,
    zones,
)
from game.rules.aftermath import AttackSides, aftermath
from game.rules.ground import quarters
from game.rules.ledger import Ledger
from game.ruleset.combat import Result
from game.scenario.world import World
from game.state import Draft
from game.state.codes import Knowledge, Supplied, Weather
from game.words import count, percent, sentence, signed, tenths

FOOT, WHEELS, TRACKS = range(3)
NAMES = ("in full supply", "stretched", "cut off")


def _at(draft: Draft, label: str) -> int:
    return draft.world.grid.hex(label)


def _row(draft: Draft, unit: str) -> int:
    return draft.world.row[unit]


def _told(terms: Ledger) -> str:
    """The lines of a ledger: "air sorties 45%, cover of hills −10%"."""
    return ", ".join(f"{term.words} {percent(term.value)}" for term in terms.terms if term.value)


def _shifts(shifts: Ledger) -> str:
    """The same with a sign before every number."""
    return ", ".join(f"{term.words} {signed(term.value)}" for term in shifts.terms if term.value)


def _steps(number: int) -> str:
    return count(number, "{n} step", "{n} steps", none="no step")


# --- 1 to 4: the map and the march ----------------------------------------------------------------------------------


def _map(world: World) -> str:
    draft = scene(world)
    hills, beside = _at(draft, HILLS), _at(draft, "1005")
    costs = [quarters(ground.step_cost(draft, mobility, beside, hills)) for mobility in (FOOT, WHEELS, TRACKS)]
    road = quarters(ground.step_cost(draft, WHEELS, _at(draft, "0203"), _at(draft, "0303")))
    brook = quarters(ground.step_cost(draft, WHEELS, _at(draft, "0306"), _at(draft, "0305")))
    plain = quarters(ground.step_cost(draft, WHEELS, _at(draft, "0307"), _at(draft, "0306")))
    return (
        f"Hills cost {costs[0]} MP on foot, {costs[1]} on wheels and {costs[2]} on tracks. Wheeled units pay "
        f"{plain} MP for a desert hex, {brook} for one beyond a brook, and {road} along the highway."
    )


def _stacking(world: World) -> str:
    draft = scene(world, column="0303", guard="0303", third="0503")
    found = stacking.room_for(draft, _row(draft, "third"), _at(draft, "0303"))
    words = f'cannot join them: "{sentence(found.why)}."' if found is not None else "finds room."
    return f"A battalion of 3 steps and one of 2 share hex 0303. A third, of 2 steps, {words}"


def _zones(world: World) -> str:
    free, held = scene(world, guard="0303"), scene(world, guard="0303", foe="0404")
    goal = _at(free, "0403")
    alone, beside = (movement.within_reach(one, _row(one, "guard")).cost.get(goal, -1) for one in (free, held))
    bars = zones.known_zone(held, 0)[_at(held, "0303")] and held.world.rules.movement.zone_to_zone_ends
    end = "its march ends there, since both hexes are in the enemy's ZOC" if bars else "its march may go on"
    return (
        f"A wheeled battalion at 0303 pays {quarters(alone)} MP for the next highway hex. "
        f"With an enemy battalion at 0404 it pays {quarters(beside)}, and {end}."
    )


def _march(world: World) -> str:
    draft = scene(world, column=HIGHWAY[0])
    row, road = _row(draft, "column"), draft.world.rules.movement.roads.highway
    found = []
    for how in Supplied:
        draft.emit(ev.SupplyJudged(0, (row,), (int(how),), (1,), (0,)))
        points = movement.allowance(draft, row)
        hexes = count(points // road, "{n} highway hex", "{n} highway hexes")
        found.append(f"{NAMES[how]}, it has {quarters(points)} MP for {hexes}")
    return f"A mechanised battalion marches by highway. {sentence('; '.join(found))}."


def _taking(world: World) -> str:
    draft = scene(world, foe=TOWN)
    town, foe, row = _at(draft, TOWN), _row(draft, "foe"), _row(draft, "guard")
    draft.emit(ev.UnitAdvanced(foe, town, _at(draft, "0706")))
    draft.emit(ev.UnitArrived(row, town, 0))
    taking.take_control(draft, row, (town,))
    if draft.hexes.control[town] == 0:
        return "A battalion marches into an enemy town beside an enemy battalion. The town falls at once."
    taking.hold_ground(draft, 0)
    when = "as its turn ends" if draft.hexes.control[town] == 0 else "as its next turn opens"
    return f"A battalion marches into an enemy town beside an enemy battalion. The town falls {when}."


# --- 5 to 8: fighting, supply, the river ----------------------------------------------------------------------------


def _attack(world: World) -> str:
    draft = scene(world, command=6, column="0506", foe=TOWN)
    order = od.Attack(("column",), _at(draft, TOWN), set_piece=True)
    odds = forecasting.odds(draft, order).known
    return (
        f"3 mechanised steps make a set-piece attack on 2 infantry steps in a town: {tenths(odds.attack)} against "
        f"{tenths(odds.defence)}, the {draft.world.rules.combat.columns[odds.base].name} column. "
        f"Shifts: {_shifts(odds.shifts)}. You roll in the {odds.name} column. In 36 rolls, the defender "
        f"loses a step {odds.chance('loss')} times, is driven out {odds.chance('cleared')} times and suffers nothing "
        f"{odds.chance('repulse')} times."
    )


def _retreat(world: World) -> str:
    open_, town = scene(world, column="0306", foe="0406"), scene(world, column="0506", foe=TOWN)
    ring = scene(world, column="0306", guard="0407", third="0505", patrol="0407", foe="0406")
    found = []
    for draft in (open_, town, ring):
        row, others = _row(draft, "foe"), tuple(_row(draft, name) for name in ("column", "guard", "third"))
        attackers = tuple(one for one in others if draft.units.hex[one] >= 0)
        sides = AttackSides(attackers, (row,), draft.units.hex[row], tuple(draft.units.mp[one] for one in attackers))
        after = aftermath(draft.snapshot(), sides, Result(retreat=1))
        found.append(f"{'goes back a hex and ' if after.fell_back else ''}loses {_steps(after.defender_lost)}")
    return (
        f"A battalion of 2 steps must retreat 1 hex. In the open it {found[0]}. In a town it {found[1]}. "
        f"Between three of your stacks it {found[2]}."
    )


def _supply(world: World) -> str:
    cases = (
        {"column": "1303"},
        {"column": "1303", "foe": "0402"},
        {"column": "1303", "foe": "0402", "guard": "0403"},
    )
    told = []
    for places in cases:
        draft = scene(world, places)
        told.append(supply.trace(draft, 0, _at(draft, "1303")).why)
    return (
        f"A column is 12 hexes by highway from "
        f'its base: "{told[0]}". An enemy battalion arrives next to the highway: "{told[1]}". With a guard in that '
        f'hex: "{told[2]}".'
    )


def _river(world: World) -> str:
    draft = scene(world, command=6, sappers=BANK, column="1303")
    side = draft.world.grid.side(f"{BANK}/N")
    river.resolve_bridge(draft, od.Bridge("sappers", side, "pontoon"))
    words, left = river.explain_crossing(draft, side), draft.factions.command[0]
    ferry = scene(world, command=6, sappers=BANK, column=BANK)
    river.resolve_bridge(ferry, od.Bridge("sappers", side, "ferry"))
    crossing = sequence.refusal(ferry, od.Bridge("column", side, "boats"))
    goes = f"cannot cross: {crossing.why}" if crossing is not None else f"could cross to {FAR_BANK} in the same turn"
    return (
        f"On turn 1 the sappers start a pontoon bridge: {left} of 6 CP are left, and the panel says "
        f'"{words}". If they start a ferry instead, a column of 3 steps {goes}.'
    )


# --- 9 to 12: support, command, the other bloc, fog -----------------------------------------------------------------


def _strike(world: World) -> str:
    sure = scene(world, granted=True, scouts="1005", foe=HILLS)
    row = _row(sure, "foe")
    sure.emit(ev.DugIn(row, 1))
    fog.identify(sure, 0, (row,))
    unsure = scene(world, granted=True, foe=HILLS)
    unsure.emit(ev.Spotted(0, row, Knowledge.CONTACT, unsure.units.hex[row]))
    exact, vague = (strikes.strike_chance(one, 0, "strike", one.units.hex[row]) for one in (sure, unsure))
    stray = [strays.chance(one, 0, "strike", one.units.hex[row]).total for one in (sure, unsure)]
    return (
        f"You send sorties against an identified battalion in hills, entrenched at level 1: {_told(exact)}. "
        f"Each hits with a chance of {percent(exact.total)}. Against a mere contact the chance is "
        f"{percent(vague.total)}. With third parties near, a point goes astray with a chance of {percent(stray[0])} or "
        f"{percent(stray[1])}: your scouts guide the first strike."
    )


def _command(world: World) -> str:
    near, far = scene(world, column="0305", guard="0307", staff="0303"), scene(world, column="0305", guard="0307")
    prices = [command.axis_price(one, (_row(one, "column"), _row(one, "guard"))) for one in (near, far)]
    order = od.Attack(("column", "guard"), _at(far, "0306"), set_piece=True)
    return (
        f"Battalions of two formations attack together. With a headquarters in range of both this costs {prices[0]} "
        f"CP; with none near it costs {prices[1]} CP, and {combat.price_of(far, order)[0]} as a set-piece attack."
    )


def _incident(world: World) -> str:
    draft = scene(world, column="0803", foe="1104", patrol="1103")
    draft.emit(ev.Spotted(0, _row(draft, "patrol"), Knowledge.IDENTIFIED, _at(draft, "1103")))
    target = _at(draft, "1104")
    blind = deconfliction.risk(draft, 0, deconfliction.Act("strike", target, identified=False))
    sure = deconfliction.risk(draft, 0, deconfliction.Act("strike", target))
    return (
        f"You strike a contact next to an SDF patrol, on its side of the line: {_told(blind.terms)}. The risk is "
        f"{percent(blind.percent)}. With the target identified it is {percent(sure.percent)}."
    )


def _blame(world: World) -> str:
    draft, rules = scene(world, column="0803", patrol="1103"), world.rules.deconfliction
    high = len(rules.rungs) - 2
    draft.emit(ev.LadderMoved(0, high, "example"))
    before = [ladder.tension(draft, faction) for faction in (0, 1)]
    draft.emit(ev.BlameLaid((1,)))
    after = [ladder.tension(draft, faction) for faction in (0, 1)]
    price = deconfliction.incident_points(draft, 1)
    return (
        f"At rung {high}, each bloc pays {tenths(before[0])} a turn. If the SDF is blamed, it pays {tenths(after[1])} "
        f"and you {tenths(after[0])}; its next incident costs it {tenths(price)}."
    )


def _warning(world: World) -> str:
    draft = scene(world, column="0503")
    act = deconfliction.Act("attack", _at(draft, TOWN))
    before = deconfliction.risk(draft, 1, act).percent
    draft.emit(ev.WarningGiven(0, _at(draft, TOWN)))
    after = deconfliction.risk(draft, 1, act).percent
    return (
        f"An SDF attack on a town far from your troops risks {percent(before)}. Once you have warned it off, "
        f"it risks {percent(after)}."
    )


def _sky(world: World) -> str:
    draft, town = scene(world, patrol="0605"), _at(scene(world), TOWN)
    draft.emit(ev.LadderMoved(0, world.rules.deconfliction.skies.rung, "example"))
    draft.emit(ev.SkyClosed(1, town, 2))
    risk = percent(airspace.flight_risk(draft, 0, town))
    return f"If the SDF closes the sky over a town, each flight of yours there risks {risk} more."


def _arsenal(world: World) -> str:
    what = world.rules.support.kinds["kalibr"]
    misses = (100 - what.hit) ** 2
    return (
        f"Two salvoes on turn 4 hit with a chance of {percent((10_000 - misses) // 100)}. The arsenal then gives no "
        f"supply through turn {4 + world.rules.support.arsenal_turns}."
    )


def _column(world: World) -> str:
    alone, guarded = scene(world, trucks="0503"), scene(world, trucks="0503", guard="0503")
    falls = [bool(columns.unguarded(draft, _at(draft, "0503"))) for draft in (alone, guarded)]
    hit = percent(world.rules.support.kinds["ambush"].hit)
    told = [f"a {hit} chance" if lost else "no chance" for lost in falls]
    return f"An ambush has {told[0]} to destroy a lone column, {told[1]} beside a battalion of 2 steps."


def _fog(world: World) -> str:
    low, high = scene(world, guard="1005"), scene(world, guard=HILLS)
    dust, row = scene(world, guard="1005", weather=Weather.DUST), _row(low, "guard")
    ranges = [fog.sight_range(one, row, one.units.hex[row]) for one in (low, high, dust)]
    levels = []
    for label in ("1004", "1003"):
        draft = scene(world, guard="1005", foe=label)
        levels.append(("unseen", "a contact", "identified")[draft.intel[0].level[_row(draft, "foe")]])
    return (
        f"Infantry sees {count(ranges[0], '{n} hex', '{n} hexes')} in the plain, {ranges[1]} from hills and "
        f"{ranges[2]} in dust. An enemy battalion in the adjacent hex is {levels[0]}; two hexes away it is {levels[1]}."
    )


# --- 13 to 18: people, weather, and the course of a game ------------------------------------------------------------


def _people(world: World) -> str:
    fair, dust = scene(world), scene(world, weather=Weather.DUST)
    town, rules = _at(fair, TOWN), world.rules.people
    harm = people.crowd_harm(fair.world, people.civilians_at(fair.world, town))
    return (
        f"One enemy rings a town of 50,000. After {count(rules.hunger_after, '{n} turn', '{n} turns')}, each further "
        f"turn does {harm} harm, of which {harm * rules.besieger_percent // 100} counts against the besieger. Three "
        f"points of heavy fire do {people.expected_harm(fair, town, 3)} harm in clear weather and "
        f"{people.expected_harm(dust, town, 3)} in dust."
    )


def _weather(world: World) -> str:
    left = [support.income(scene(world, weather=kind), 0).get("strike", 0) for kind in Weather]
    return f"Of {left[0]} sorties granted in clear weather, {left[1]} fly in dust and {left[2]} in rain."


def _recovery(world: World) -> str:
    draft = scene(world, battered="0303", staff="0503")
    row = _row(draft, "battered")
    draft.emit(ev.StepsDisrupted(row, draft.units.steps[row], "example"))
    left = []
    for _ in range(2):
        reinforcements.recover(draft, 0)
        rested = min(draft.world.rules.supply.recovery.rest, draft.units.disrupted[row])
        if rested:
            draft.emit(ev.StepsRecovered(row, rested, "rested"))
        left.append(draft.units.disrupted[row])
    return (
        "All 4 steps of a brigade are disrupted. It rests each turn, in full supply and near a headquarters. "
        f"After 1 turn it has {_steps(left[0])} disrupted, and after 2 turns "
        f"{count(left[1], '{n} step', '{n} steps', none='none')}."
    )


def _events(world: World) -> str:
    early, late = scene(world, turn=2, column="0303"), scene(world, turn=3, column="0303")
    scripted.run(early)
    scripted.run(late)
    row = _row(early, "column")
    stays = "stays" if early.units.hex[row] >= 0 else "leaves"
    goes = "leaves" if late.units.hex[row] < 0 else "stays"
    return (
        "*When* it is turn 3 or later and the column is on the map, *do* withdraw it until turn 9. "
        f"On turn 2 the column {stays}; on turn 3 it {goes}, and it is due back on turn {late.units.due[row]}."
    )


def _victory(world: World) -> str:
    fought, empty = (_held(world, fight) for fight in (True, False))
    rival = scene(world, column=TOWN, patrol="0706")
    disputed = prizes.disputed(rival, _at(rival, TOWN))
    prize = rival.world.prizes[0]
    return (
        f"You take a town worth {prize.points[0]} points, with a bonus of {prize.first[0]}, by assault. After "
        f"{count(world.rules.victory.first_checks, '{n} check', '{n} checks')} the bonus pays {tenths(fought)} points; "
        f"without a fight it pays {tenths(empty)}. With a brigade of the other bloc in the adjacent hex, the town is "
        f"{'disputed' if disputed else 'still yours'}."
    )


def _held(world: World, fight: bool) -> int:
    """Tenths that the first holder of the town has been paid after the checks that are needed."""
    draft = scene(world, column=TOWN)
    if fight:
        victory.note_fight(draft, _at(draft, TOWN))
    for _ in range(draft.world.rules.victory.first_checks):
        victory.end_check(draft)
    return draft.factions.points[0]


def _sequence(world: World) -> str:
    draft = scene(world, command=6, sappers=BANK, column="1303")
    side = draft.world.grid.side(f"{BANK}/N")
    river.resolve_bridge(draft, od.Bridge("sappers", side, "pontoon"))
    turn = draft.sites.ready[0]
    draft.emit(ev.TurnBegan(turn))
    before = len(draft.events)
    sequence.open_faction(draft, 0)
    kinds = [type(event) for event in draft.events[before:]]
    first = ev.CrossingOpened in kinds and kinds.index(ev.CrossingOpened) < kinds.index(ev.SupplyJudged)
    return (
        f"A pontoon bridge begun on turn 1 opens as your turn {turn} opens, {'before' if first else 'after'} you check "
        f"supply."
    )


EXAMPLES: dict[str, Callable[[World], str]] = {
    "map": _map, "stacking": _stacking, "zones": _zones, "march": _march, "taking": _taking, "attack": _attack,
    "retreat": _retreat, "supply": _supply, "river": _river, "strike": _strike, "command": _command,
    "incident": _incident, "blame": _blame, "warning": _warning, "sky": _sky, "arsenal": _arsenal, "column": _column,
    "fog": _fog, "people": _people, "weather": _weather, "recovery": _recovery, "events": _events, "victory": _victory,
    "sequence": _sequence,
}  # fmt: skip
"""By the name that stands in the templates as ``{example.…}``."""
