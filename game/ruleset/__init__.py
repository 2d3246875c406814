"""The numbers of the rules: one frozen dataclass a chapter, filled from ``scenarios/rules/*.yaml``.

Rules read ``world.rules.<chapter>.<number>``. A scenario may override any number. Every field says what it
means, with its unit and its bounds, in its annotation: the loader, the format reference and the rulebook
read the same line.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.ruleset.combat import CombatRules
from game.ruleset.command import CommandRules
from game.ruleset.deconfliction import DeconflictionRules
from game.ruleset.fog import FogRules
from game.ruleset.movement import MovementRules
from game.ruleset.people import PeopleRules
from game.ruleset.river import RiverRules
from game.ruleset.supply import SupplyRules
from game.ruleset.support import SupportRules
from game.ruleset.terrain import TerrainRules
from game.ruleset.units import UnitRules
from game.ruleset.victory import VictoryRules
from game.ruleset.weather import WeatherRules


@dataclass(frozen=True, slots=True)
class Ruleset:
    """All chapters; the field name is the name of the file under ``scenarios/rules/``."""

    terrain: TerrainRules
    units: UnitRules
    movement: MovementRules
    combat: CombatRules
    river: RiverRules
    fog: FogRules
    supply: SupplyRules
    support: SupportRules
    command: CommandRules
    deconfliction: DeconflictionRules
    people: PeopleRules
    weather: WeatherRules
    victory: VictoryRules
