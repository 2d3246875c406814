"""The rulebook with the numbers in force: templates of ``assets/rulebook``, filled from a world's rules.

In a template ``{combat.shift_cap}`` is a rule number by chapter and key, ``{q:movement.bridge}`` the same read as
movement points, ``{table.…}`` a table drawn from the rules, ``{example.…}`` a worked example that is worked out
here and now. An unknown name raises KeyError, so that a book cannot go stale in silence.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from game.rules.combat import WAYS
from game.rules.ground import quarters
from game.scenario.world import World

_MARK = re.compile(r"\{([a-z]+:)?([a-z_]+(?:\.[A-Za-z0-9_-]+)*)\}")


def pages(world: World) -> list[tuple[str, str]]:
    """(title, text) of every chapter, in order."""
    out = []
    for path in sorted(_folder().glob("*.md")):
        text = filled(path.read_text(encoding="utf-8"), world)
        title = next((line.lstrip("# ") for line in text.splitlines() if line.startswith("#")), path.stem)
        out.append((title, text))
    return out


def book(world: World) -> str:
    """The whole rulebook as one Markdown text."""
    return "\n".join(text.rstrip() + "\n" for _, text in pages(world))


def filled(template: str, world: World) -> str:
    """A template with every mark replaced."""
    return _MARK.sub(lambda found: _value(found.group(1) or "", found.group(2), world), template)


def _folder() -> Path:
    here = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    roots = [here / "_bundled", here.parent, *([Path(frozen)] if frozen else [])]
    for root in roots:
        if (root / "assets" / "rulebook").is_dir():
            return root / "assets" / "rulebook"
    raise FileNotFoundError("the game's folder assets/rulebook is missing; install the game again")


def _value(how: str, name: str, world: World) -> str:
    head, _, rest = name.partition(".")
    special: Mapping[str, Mapping[str, Callable[[World], str]]] = {"table": TABLES, "example": EXAMPLES, "world": FACTS}
    if head in special:
        return special[head][rest](world)
    value = rule_number(world, name)
    if how == "q:":
        return quarters(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(item).replace("-", " ") for item in value)
    return f"{value:+d}" if ".shifts." in name and isinstance(value, int) else str(value)


def rule_number(world: World, name: str) -> Any:
    """A rule number by its dotted name, such as ``combat.shifts.minor_river``; raises KeyError."""
    value: Any = world.rules
    for part in name.split("."):
        if isinstance(value, Mapping):
            value = value[part]
        elif isinstance(value, tuple) and part.isdigit():
            value = value[int(part)]
        elif hasattr(value, part):
            value = getattr(value, part)
        else:
            raise KeyError(f"the rulebook names a rule that does not exist: {name}")
    return value


# --- tables -------------------------------------------------------------------------------------------------


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
        rows.append([kind.name, _cost(kind.enter.foot), _cost(kind.enter.wheeled), _cost(kind.enter.tracked),
                     f"−{kind.shift}" if kind.shift else "0", str(kind.dig), ", ".join(notes)])  # fmt: skip
    return _drawn(("ground", "foot", "wheels", "tracks", "shift", "dig", ""), rows)


def _shifts(world: World) -> str:
    shifts = world.rules.combat.shifts
    rows = [[words, f"{getattr(shifts, key):+d}"] for key, words in SHIFT_WORDS.items() if getattr(shifts, key)]
    return _drawn(("circumstance", "columns"), rows)


def _combat(world: World) -> str:
    rules = world.rules.combat
    head = ["dice", *(column.name for column in rules.columns)]
    rows = [[str(total), *rules.table[total - 2]] for total in range(2, 13)]
    results = "; ".join(f"**{key}** {result.words}" for key, result in rules.results.items())
    return _drawn(head, rows) + "\n\n" + results + "."


def _units(world: World) -> str:
    rows = []
    for kind in world.rules.units.types.values():
        rows.append([kind.name, str(kind.attack), str(kind.defence), quarters(kind.movement), kind.mobility, str(kind.sight),
                     str(kind.range) if kind.range else "–", ", ".join(kind.traits)])  # fmt: skip
    return _drawn(("type", "attack a step", "defence a step", "move", "mobility", "sight", "range", "traits"), rows)


# --- examples -----------------------------------------------------------------------------------------------


def _zone_road(world: World) -> str:
    rules = world.rules.movement
    return quarters(rules.roads.highway + rules.zone_entry)


def _attack(world: World) -> str:
    """Three mechanised steps against two steps of infantry in a built-up hex, one rule after the other."""
    rules, types = world.rules.combat, world.rules.units.types
    attack, defence = types["mech"].attack * 3, types["infantry"].defence * 2
    base = max(n for n, ratio in enumerate(rules.columns) if n == 0 or attack * ratio.defence >= defence * ratio.attack)
    town = -world.rules.terrain.kinds["urban"].shift
    shift = town + rules.shifts.set_piece
    column = max(0, min(len(rules.columns) - 1, base + shift))
    ways = sum(WAYS[total] for total in range(2, 13) if rules.results[rules.table[total - 2][column]].retreat)
    return (
        f"Three mechanised steps ({attack}) attack two steps of infantry ({defence}) in a town: {rules.columns[base].name}. "
        f"The town shifts {town:+d}, a set-piece attack {rules.shifts.set_piece:+d}: the attack is rolled at "
        f"{rules.columns[column].name}, and in {ways} of 36 throws the defender must give way."
    )


def _supply(world: World) -> str:
    """How far a highway carries, and what a raid on it does."""
    rules, km = world.rules.supply, world.metres_per_hex
    full, far = (budget // rules.carriage.highway for budget in (rules.road_budget, rules.stretched_budget))
    return (
        f"By highway full supply reaches {full} hexes ({full * km // 1000} km) from a source, stretched supply {far} "
        f"({far * km // 1000} km). Raiders who stand on it cut off everything beyond, and the panel names their hex. A unit "
        "beside it that exerts a zone cuts it too, but not in hexes where a guard stands, be it of one step."
    )


def _people(world: World) -> str:
    """Hunger and shelling in a city."""
    rules = world.rules.people
    harm = rules.crowds[-1].harm
    laid = harm * rules.besieger_percent // 100
    return (
        f"A city of {rules.crowds[-1].civilians} thousand, cut off and ringed by one enemy, suffers nothing for "
        f"{rules.hunger_after} turns; then each turn does {harm} harm, {laid} of it laid to the besieger. Three points of "
        f"heavy fire on it in dust do {-(-3 * harm * rules.fire_weather.dust // 100)}."
    )


def _weather_roll(world: World) -> str:
    """One roll read against one month."""
    odds = world.rules.weather.months["november"]
    return (
        f"In November a roll of 1 to {odds.clear} is clear, up to {odds.clear + odds.dust} dust, above that rain: "
        f"of 8 sorties {-(-8 * world.rules.weather.sorties_percent.rain // 100)} fly in rain."
    )


def _recovery(world: World) -> str:
    """A battered unit beside its headquarters."""
    rules = world.rules.supply.recovery
    one = rules.full + rules.headquarters
    return (
        f"A unit with four disrupted steps, in full supply near its headquarters, gathers {one} as its turn opens and "
        f"{rules.rest} more if it rests: after two such turns {max(0, 4 - 2 * (one + rules.rest))} are left."
    )


def _weather(world: World) -> str:
    rows = [
        [month.capitalize(), f"{odds.clear} %", f"{odds.dust} %", f"{odds.rain} %"]
        for month in ("september", "october", "november") for odds in (world.rules.weather.months[month],)
    ]  # fmt: skip
    return _drawn(("month", "clear", "dust", "rain"), rows)


def _kilometres(world: World) -> str:
    return f"{world.metres_per_hex / 1000:g}"


TABLES: dict[str, Callable[[World], str]] = {
    "terrain": _terrain, "shifts": _shifts, "combat": _combat, "units": _units, "weather": _weather,
}  # fmt: skip
EXAMPLES: dict[str, Callable[[World], str]] = {
    "zone_road": _zone_road, "attack": _attack, "supply": _supply, "people": _people, "weather": _weather_roll,
    "recovery": _recovery,
}  # fmt: skip
FACTS: dict[str, Callable[[World], str]] = {
    "km": _kilometres,
    "days": lambda world: str(world.days_per_turn),
    "turns": lambda world: str(world.turns),
}

SHIFT_WORDS = {
    "minor_river": "all attackers cross a minor river",
    "major_river": "all attackers assault across the major river",
    "partly_over_river": "some attackers cross a river",
    "escarpment": "all attackers climb an escarpment",
    "entrenched": "each level of entrenchment",
    "quality": "each grade of quality, best against best",
    "armour_open": "armour against open ground without armour",
    "armour_built_up": "armour alone into a built-up hex",
    "flanks_three": "attack from three or more hexes",
    "flanks_opposite": "attack from opposite sides",
    "overlook": "own height beside the defender",
    "overlooked": "the defender holds the height",
    "engineers": "engineers against works or streets",
    "set_piece": "set-piece attack",
    "unseen": "no defender identified",
    "defender_stretched": "all defenders short of supply",
    "defender_cut": "all defenders cut off",
    "special": "special forces among the attackers",
    "fortified": "prepared town with tunnels",
    "headquarters": "an HQ in range of all attackers",
    "home": "local fighters at home",
}
"""How the table of shifts names each number of ``combat.shifts``."""
