"""Tables and worked examples of the rulebook, drawn from the rules in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from game.rules.ground import quarters
from game.rules.weather import MONTHS, first_day
from game.scenario.world import World
from game.schema.shapes import Key, keys_of
from game.state.codes import Weather
from game.words import count, listed, percent, say, sentence, signed, tenths


def _drawn(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))


def _cost(value: int) -> str:
    return "–" if value < 0 else quarters(value)


def _terrain(world: World) -> str:
    rows = []
    for kind in world.rules.terrain.kinds.values():
        if not kind.playable:
            continue
        notes = [word for word, on in (("built-up", kind.built_up), ("open", kind.open), ("high", kind.high)) if on]
        notes += [f"cover {kind.cover}"] if kind.cover else []
        rows.append(
            [
                kind.name,
                _cost(kind.enter.foot),
                _cost(kind.enter.wheeled),
                _cost(kind.enter.tracked),
                signed(-kind.shift),
                str(kind.dig),
                ", ".join(notes),
            ]
        )
    return _drawn(("terrain", "foot", "wheels", "tracks", "shift", "dig in to level", "notes"), rows)


def _shifts(world: World) -> str:
    shifts = world.rules.combat.shifts
    rows = [[words, signed(getattr(shifts, key))] for key, words in SHIFT_WORDS.items() if getattr(shifts, key)]
    return _drawn(("circumstance", "columns"), rows)


def _combat(world: World) -> str:
    rules = world.rules.combat
    head = ["dice", *(column.name for column in rules.columns)]
    return _drawn(head, [[str(total), *rules.table[total - 2]] for total in range(2, 13)])


def _results(world: World) -> str:
    rows = []
    for key, one in world.rules.combat.results.items():
        lost = (one.attacker_lost, one.attacker_disrupted, one.defender_lost, one.defender_disrupted)
        rows.append([f"**{key}**", one.words, *map(_count, lost), _count(one.retreat)])
    head = ("result", "in words", "attacker loses", "disrupted", "defender loses", "disrupted", "retreats")
    return _drawn(head, rows)


def _columns(world: World) -> str:
    rows = [[one.name, f"{one.attack} to {one.defence}"] for one in world.rules.combat.columns]
    return _drawn(("column", "attack to defence, at least"), rows)


def _count(value: int) -> str:
    return str(value) if value else "–"


def _shift(value: int) -> str:
    return signed(value) if value else "–"


def _contacts(world: World) -> str:
    rows = [
        [one.name, f"{one.low}–{one.high}" if one.high > one.low else str(one.low), str(one.attack), str(one.defence)]
        for one in world.rules.units.contacts
    ]  # fmt: skip
    return _drawn(("looks like", "steps", "attack per step", "defence per step"), rows)


def _support_more(world: World) -> str:
    rows = [
        [
            kind.name, _shift(kind.defence_shift), _count(kind.per_strike),
            percent(kind.kill), _count(kind.range), _count(kind.harm), percent(kind.stray), _count(kind.kept),
            ", ".join(word for word, on in (
                ("interdicts", kind.interdicts), ("scouts", kind.scouts), ("strikes arsenals", kind.arsenals),
                ("destroys columns", kind.ambushes),
            ) if on),
        ]
        for kind in world.rules.support.kinds.values()
    ]  # fmt: skip
    head = (
        "support", "defence shift", "points per strike", "destroys", "range", "harm per point", "strays", "kept",
        "also",
    )  # fmt: skip
    return _drawn(head, rows)


def _rungs(world: World) -> str:
    rows = [
        [
            str(number), signed(one.liaison), percent(one.support), "yes" if one.stand_off else "–",
            say("1 to {n}", n=one.lifts), say("concessions") if one.stays else say("quiet turns"),
        ]
        for number, one in enumerate(world.rules.deconfliction.rungs)
    ]  # fmt: skip
    head = ("rung", "LP prices", "support near the line", "stand-off", "an incident lifts it on", "falls by")
    return _drawn(head, rows)


def _crowds(world: World) -> str:
    rows = [
        [f"from {one.civilians},000" if one.civilians else "fewer", str(one.harm)] for one in world.rules.people.crowds
    ]
    return _drawn(("civilians", "harm"), rows)


def _year(world: World) -> str:
    return _months(world, MONTHS)


def _weather(world: World) -> str:
    days = [first_day(world, turn) for turn in range(1, world.turns + 1)]
    return _months(world, tuple(dict.fromkeys(MONTHS[day.month - 1] for day in days)))


def _months(world: World, names: Sequence[str]) -> str:
    odds: Mapping[Any, Any] = world.rules.weather.months
    weathers = [kind.word for kind in Weather]
    rows = [[sentence(name), *(percent(getattr(odds[name], kind)) for kind in weathers)] for name in names]
    return _drawn(("month", *weathers), rows)


def _further(world: World) -> str:
    """Numbers that no sentence needs, with what their declarations say of them."""
    rows = []
    for name in FURTHER:
        value, key, told = _declared(world, name)
        shown = ("yes" if value else "no") if isinstance(value, bool) else say("{n}", n=value)
        rows.append([f"`{name}`", shown, "" if isinstance(value, bool) else key.unit, told])
    for trait, turns in world.rules.supply.stores.items():
        rows.append([f"`supply.stores.{trait}`", str(turns), "turns", "own stores of such a unit when it is cut off"])
    return _drawn(("number", "value", "unit", "what it is"), rows)


def _declared(world: World, name: str) -> tuple[Any, Key, str]:
    """A number by its dotted name, its declaration, and what that says of it, with what the mapping above it is for."""
    value: Any = world.rules
    chapter, *above, last = name.split(".")
    value, words = getattr(value, chapter), []
    for part in above:
        words.append(keys_of(type(value))[part].doc)
        value = getattr(value, part)
    key = keys_of(type(value))[last]
    return getattr(value, last), key, ": ".join([*words, key.doc])


def _units(world: World) -> str:
    rows = []
    for kind in world.rules.units.types.values():
        rows.append(
            [
                kind.name,
                str(kind.attack),
                str(kind.defence),
                quarters(kind.movement),
                kind.mobility,
                str(kind.sight),
                str(kind.range) if kind.range else "–",
                ", ".join(kind.traits),
            ]
        )
    return _drawn(("type", "attack per step", "defence per step", "MP", "mobility", "sight", "range", "traits"), rows)


def _support(world: World) -> str:
    rows = []
    for kind in world.rules.support.kinds.values():
        rows.append(
            [
                kind.name,
                _shift(kind.attack_shift),
                str(kind.per_attack or "–"),
                percent(kind.hit) if kind.hit else "–",
                percent(kind.bridge) if kind.bridge else "–",
                ", ".join(kind.needs) or "–",
                "yes" if kind.flown else "",
            ]
        )
    return _drawn(
        ("support", "shift per point", "points per attack", "strike hits", "breaks a crossing", "needs", "flown"), rows
    )


def _ladder(world: World) -> str:
    head = ("rung", "name", "effect", "LP prices", "support", "each bloc, a turn", "incident", "objectives held")
    rows = [
        [
            str(number), rung.name, rung.price, signed(rung.liaison), percent(rung.support), tenths(-rung.tension),
            tenths(-rung.incident), "safe" if rung.held else "–",
        ]
        for number, rung in enumerate(world.rules.deconfliction.rungs)
    ]  # fmt: skip
    return _drawn(head, rows)


def _prizes(world: World) -> str:
    head = ("objective", *(faction.name for faction in world.factions), "first-claim bonus")
    rows = [[prize.name, *map(_points, prize.points), _points(max(prize.first, default=0))] for prize in world.prizes]
    return _drawn(head, rows)


def _points(value: int) -> str:
    return str(value) if value else "–"


def _kilometres(world: World) -> str:
    return f"{world.metres_per_hex / 1000:g}"


def _strongholds(world: World) -> str:
    named: dict[int, list[str]] = {}
    for one in world.strongholds.values():
        named.setdefault(one.strongpoints, []).append(world.places[one.place].name)
    if not named:
        return "Some scenarios give cities strongpoints."
    lists = [(n, ", ".join(named[n])) for n in sorted(named, reverse=True)]
    return f"Places with {'; '.join(f'{n}: {places}' for n, places in lists)}."


def _zoneless(world: World) -> str:
    named = {"hq": "headquarters", "tunnels": "tunnel"}
    *some, last = [named.get(one, one) for one in world.rules.movement.zoneless_traits] or ["no other"]
    return f"{', '.join(some)} and {last}" if some else last


def _posts(world: World) -> str:
    return "Garrisons, and troops in fortified towns or tunnels, stay." if world.rules.combat.keep_post else ""


def _passing(world: World) -> str:
    rules = world.rules.movement
    words = []
    if rules.taking_steps:
        late = "".join(f" and is no {one}" for one in rules.taking_late)
        words.append(
            count(
                rules.taking_steps,
                "A unit takes an enemy's place in passing only with {n} undisrupted step",
                "A unit takes an enemy's place in passing only with {n} undisrupted steps",
            )
            + f", if it is not cut off{late}. Others take it if their turn ends there."
        )
    if rules.taking_watched:
        words.append("Under enemy ZOC it falls only when your next turn opens.")
    if rules.passing_traits:
        words.append(
            f"{sentence(listed([_TROOPS.get(one, f'{one}s') for one in rules.passing_traits]))} never take one."
        )
    return " ".join(words)


_TROOPS = {"recon": "scouts"}


def _call(price: int) -> str:
    if price < 0:
        return "It does not lower the ladder."
    return f"From rung 1 on it costs {price} LP and lowers the ladder 1 rung, but not in a turn with an incident."


def _concessions(world: World) -> str:
    if not world.rules.deconfliction.concessions.allowed:
        return "Here nobody makes concessions."
    return "Above rung 0, you may make one *concession* a turn."


def _skies(world: World) -> str:
    rules = world.rules.deconfliction.skies
    if not rules.allowed:
        return "Here nobody closes skies."
    return f"From rung {rules.rung} on, for {rules.price} LP, you may *close the sky* around one hex to the other bloc."


def _warnings(world: World) -> str:
    rules = world.rules.deconfliction.warnings
    if not rules.allowed:
        return "Here nobody gives warnings."
    asks = "*warn* the other bloc off an objective that nobody has claimed, once for each"
    return f"Up to rung {rules.rung}, you may {asks}."


TABLES: dict[str, Callable[[World], str]] = {
    "terrain": _terrain,
    "shifts": _shifts,
    "combat": _combat,
    "units": _units,
    "contacts": _contacts,
    "columns": _columns,
    "results": _results,
    "support": _support,
    "support_more": _support_more,
    "ladder": _ladder,
    "rungs": _rungs,
    "crowds": _crowds,
    "weather": _weather,
    "year": _year,
    "further": _further,
    "prizes": _prizes,
}
FACTS: dict[str, Callable[[World], str]] = {
    "km": _kilometres,
    "days": lambda world: str(world.days_per_turn),
    "turns": lambda world: str(world.turns),
    "hoard": lambda world: (
        say("You keep up to {n} unused CP.", n=world.rules.command.hoard)
        if world.rules.command.hoard
        else say("Unused CP lapse.")
    ),
    "clash": lambda world: "here it does" if world.option("open_clash") else "here it does not",
    "quiet": lambda world: ", and 1 more after each further one" if world.rules.deconfliction.quiet_each else "",
    "strongpoints": _strongholds,
    "zoneless": _zoneless,
    "passing": _passing,
    "posts": _posts,
    "concessions": _concessions,
    "warnings": _warnings,
    "skies": _skies,
    "call": lambda world: _call(world.rules.deconfliction.climb_down),
}

SHIFT_WORDS = {
    "minor_river": "all attackers cross a minor river",
    "major_river": "all attackers assault across the major river",
    "partly_over_river": "some attackers cross a river",
    "escarpment": "all attackers climb an escarpment",
    "entrenched": "each level of entrenchment",
    "quality": "each grade of quality, best against best",
    "armour_open": "armour against open terrain without armour",
    "armour_built_up": "armour alone into a built-up hex",
    "flanks_three": "attack from three or more hexes",
    "flanks_opposite": "attack from opposite sides",
    "overlook": "a height of yours adjacent to the defender",
    "overlooked": "the defender has the height",
    "engineers": "engineers against entrenched or built-up hexes",
    "set_piece": "set-piece attack",
    "unseen": "no defender identified",
    "defender_stretched": "all defenders stretched or cut off",
    "defender_cut": "all defenders cut off",
    "special": "special forces among the attackers",
    "fortified": "fortified town",
    "strongpoints": "strongpoints, instead of entrenchment and fortified town",
    "headquarters": "a headquarters in range of all attackers",
    "home": "local fighters in their home sector",
}
"""How the table of shifts names each number of ``combat.shifts``."""

FURTHER = (
    "movement.major_river.foot", "movement.major_river.wheeled", "movement.major_river.tracked",
    "movement.escarpment.wheeled", "movement.escarpment.tracked", "movement.zone_to_zone_ends",
    "combat.shifts.quality_cap", "combat.artillery_percent", "combat.defence_fire_shift", "combat.set_piece_turn_start",
    "combat.dig_turns", "river.ferry_turns", "river.needs_near_bank", "river.assault_left", "fog.own_bank_only",
    "supply.air_drops.part_turns", "supply.air_drops.most", "supply.air_drops.all_lost",
    "people.hunger_most", "people.fire_weather.clear", "weather.sorties_percent.clear",
)  # fmt: skip
"""Numbers that the table of further numbers prints."""
