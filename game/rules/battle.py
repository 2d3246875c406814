"""5.9 How an attack or a bombardment is carried out: dice, losses, retreat, advance, and what others make of it."""

from __future__ import annotations

from game.events import BOMBARD, AttackResolved, CommandSpent, FireResolved, SupportSet, UnitHid, UnitSpent
from game.orders import Attack, Bombard
from game.rules import combat, deconfliction, fog, ground, people, retreat, shifts, support, victory
from game.rules.losses import disrupt, lose
from game.ruleset.combat import Result
from game.scenario.world import Stance
from game.state import Draft
from game.state.tables import ACTED, ATTACKED, Supplied


def resolve_attack(draft: Draft, order: Attack) -> None:
    """Fight one attack to its end."""
    world, faction = draft.world, draft.faction
    attackers = tuple(world.row[unit] for unit in order.units)
    _uncover(draft, attackers, order.target)
    foes = combat.foes_at(draft, faction, order.target)
    _pay(draft, order)
    left = {row: draft.units.mp[row] for row in attackers}
    if not foes:
        _walk_in(draft, attackers, order.target, left)
    elif world.stance[faction][world.roster.faction[foes[0]]] == Stance.RIVAL and _called_off(draft, order, attackers):
        return
    else:
        _fight(draft, order, attackers, foes, left)


def _called_off(draft: Draft, order: Attack, attackers: tuple[int, ...]) -> bool:
    """The other bloc stands there. Meant, it ends the game; not meant, the enemy reported is gone and nobody fires."""
    meant = order.confirm >= 2
    origin = draft.units.hex[attackers[0]]
    deconfliction.judge(draft, draft.faction, deconfliction.Act("attack", order.target, origin, confirmed=meant))
    if draft.clock.over:
        return True
    if not meant:
        for row in attackers:
            draft.emit(UnitSpent(row, ACTED | ATTACKED, 0))
    return not meant


def _fight(
    draft: Draft, order: Attack, attackers: tuple[int, ...], foes: tuple[int, ...], left: dict[int, int]
) -> None:
    world, faction, enemy = draft.world, draft.faction, draft.world.roster.faction[foes[0]]
    odds = combat.odds(draft, order).worst
    odds = combat.with_terms(draft, odds, support.react(draft, enemy, faction, order.target))
    guns = shifts.supporting_guns(draft, faction, order.target, attackers)[:1]
    for row in (*attackers, *guns):
        draft.emit(UnitSpent(row, ACTED | ATTACKED, 0))
    dice = draft.roll("combat", f"{world.grid.label(order.target)}:{world.factions[faction].id}")
    key = world.rules.combat.table[sum(dice) - 2][odds.column]
    origins = tuple(draft.units.hex[row] for row in attackers)
    draft.emit(
        AttackResolved(faction, attackers, origins, order.target, foes, enemy, odds.column, sum(dice), key, str(odds))
    )
    victory.note_fight(draft, order.target)
    _apply(draft, attackers, foes, world.rules.combat.results[key], left, order.target)
    fog.identify(draft, faction, foes)
    fog.identify(draft, enemy, attackers)
    _aftermath(draft, order, attackers)


def _uncover(draft: Draft, attackers: tuple[int, ...], target: int) -> None:
    # Attackers leave their hiding places, and meet everyone who is in the target hex.
    world = draft.world
    for row in attackers:
        if draft.units.hidden[row]:
            draft.emit(UnitHid(row, 0))
    there = [row for row in draft.units_at(target) if not world.together(draft.faction, world.roster.faction[row])]
    for row in there:
        if draft.units.hidden[row]:
            draft.emit(UnitHid(row, 0))
    fog.identify(draft, draft.faction, there)
    for owner in sorted({world.roster.faction[row] for row in there}):
        fog.identify(draft, owner, attackers)


def _pay(draft: Draft, order: Attack) -> None:
    price, words = combat.price_of(draft, order)
    if price:
        draft.emit(CommandSpent(draft.faction, price, words))
    if order.support:
        have = draft.support_of(draft.faction)
        for kind, points in order.support:
            have[kind] -= points
        draft.emit(
            SupportSet(draft.faction, tuple(sorted(have.items())), f"attack on {draft.world.grid.label(order.target)}")
        )


def _walk_in(draft: Draft, attackers: tuple[int, ...], target: int, left: dict[int, int]) -> None:
    # Nobody was there any more: the attack becomes an advance.
    for row in attackers:
        draft.emit(UnitSpent(row, ACTED | ATTACKED, 0))
    retreat.advance(draft, attackers, target, left)


def _apply(
    draft: Draft, attackers: tuple[int, ...], foes: tuple[int, ...], result: Result, left: dict[int, int], target: int
) -> None:
    _spread(draft, attackers, result.attacker_lost, result.attacker_disrupted, "attack")
    besieged = result.defender_lost or result.retreat
    extra = 1 if besieged and _starved(draft, foes) else 0
    _spread(draft, foes, result.defender_lost + extra, result.defender_disrupted, "defence")
    if result.retreat:
        for row in foes:
            if draft.units.hex[row] == target:
                retreat.retreat(draft, row, result.retreat, attackers)
    if result.retreat or not draft.units_at(target):
        retreat.advance(draft, attackers, target, left)


def _starved(draft: Draft, foes: tuple[int, ...]) -> bool:
    turns = draft.world.rules.combat.surrender_cut_turns
    return all(draft.units.supply[row] == Supplied.CUT and draft.units.cut[row] >= turns for row in foes)


def _spread(draft: Draft, rows: tuple[int, ...], lost: int, disrupted: int, why: str) -> None:
    """Lay losses on a stack one step at a time, each on the unit with most steps left; ties on the lower row."""
    for count, act in ((lost, lose), (disrupted, disrupt)):
        for _ in range(count):
            alive = [row for row in rows if draft.units.hex[row] >= 0]
            if not alive:
                return
            act(draft, max(alive, key=lambda row: (draft.units.steps[row] - draft.units.disrupted[row], -row)), 1, why)


def _aftermath(draft: Draft, order: Attack, attackers: tuple[int, ...]) -> None:
    points = sum(points for kind, points in order.support if kind in support.heavy_kinds(draft.world))
    kind = ground.terrain_of(draft.world, order.target)
    if kind is not None and kind.built_up:
        people.harm(draft, draft.faction, order.target, 1 + points, "fighting in a town")
    if not draft.clock.over:
        origin = draft.units.hex[attackers[0]]
        deconfliction.judge(draft, draft.faction, deconfliction.Act("attack", order.target, origin))


def resolve_bombard(draft: Draft, order: Bombard) -> None:
    """Fire a battery at a hex: a chance to disrupt a step of the strongest unit in it."""
    world, row = draft.world, draft.world.row[order.unit]
    draft.emit(UnitSpent(row, ACTED, 0))
    chance = combat.bombard_chance(draft, row, order.target)
    roll = draft.roll_percent("bombard", f"{world.grid.label(order.target)}:{order.unit}")
    foes = combat.defenders_at(draft, draft.faction, order.target)
    hit = roll <= chance and bool(foes)
    draft.emit(FireResolved(draft.faction, BOMBARD, row, order.target, chance, roll, "hit" if hit else "no effect"))
    if hit:
        disrupt(draft, max(foes, key=lambda other: (draft.units.steps[other], -other)), 1, "bombardment")
    kind = ground.terrain_of(world, order.target)
    if kind is not None and kind.built_up:
        people.harm(draft, draft.faction, order.target, 1, "shelling of a town")
    deconfliction.judge(draft, draft.faction, deconfliction.Act("bombard", order.target, draft.units.hex[row]))
