"""How an attack or a bombardment is carried out: dice, losses, retreat, advance, and what others make of it (5.4)."""

from __future__ import annotations

from game.events import BOMBARD, AttackResolved, FireResolved, UnitAdvanced, UnitHid, UnitRetreated, UnitSpent
from game.orders import Attack, Bombard
from game.rules import (
    combat,
    command,
    deconfliction,
    fog,
    forecasting,
    ground,
    people,
    shifts,
    strays,
    strongpoints,
    support,
    taking,
    victory,
)
from game.rules.aftermath import Aftermath
from game.rules.losses import disrupt
from game.scenario.world import Stance
from game.state import Draft
from game.state.codes import Spent
from game.words import say


def resolve_attack(draft: Draft, order: Attack) -> None:
    """Fight one attack to its end."""
    world, faction = draft.world, draft.faction
    odds = forecasting.true_odds(draft, order)
    attackers, foes = odds.fight.sides.attackers, odds.fight.sides.foes
    _uncover(draft, attackers, foes)
    _pay(draft, order)
    if not foes:
        for row in attackers:
            draft.emit(UnitSpent(row, Spent.ACTED | Spent.ATTACKED, 0))
        _carry_out(draft, odds.fight.walk_in())
    elif world.stance[faction][world.roster.faction[foes[0]]] == Stance.RIVAL and _called_off(draft, order, attackers):
        return
    else:
        _fight(draft, order, odds)


def _called_off(draft: Draft, order: Attack, attackers: tuple[int, ...]) -> bool:
    """The other bloc stands there. Meant, it ends the game; not meant, the enemy reported is gone and nobody fires."""
    meant = order.confirm >= 2
    origin = draft.units.hex[attackers[0]]
    deconfliction.judge(draft, draft.faction, deconfliction.Act("attack", order.target, origin, confirmed=meant))
    if draft.clock.over:
        return True
    if not meant:
        for row in attackers:
            draft.emit(UnitSpent(row, Spent.ACTED | Spent.ATTACKED, 0))
    return not meant


def _fight(draft: Draft, order: Attack, odds: forecasting.Odds) -> None:
    world, faction = draft.world, draft.faction
    attackers, foes = odds.fight.sides.attackers, odds.fight.sides.foes
    enemy = world.roster.faction[foes[0]]
    odds = forecasting.with_terms(draft, odds, support.react(draft, enemy, order.target))
    called = strays.risks(draft, faction, order.target, order.support)
    strongpoints.note_assault(draft, order.target)
    guns = shifts.supporting_guns(draft, faction, order.target, attackers)[:1]
    for row in (*attackers, *guns):
        draft.emit(UnitSpent(row, Spent.ACTED | Spent.ATTACKED, 0))
    dice = draft.roll("combat", f"{world.grid.label(order.target)}:{world.factions[faction].id}")
    key = forecasting.result_of(world, odds.column, sum(dice))
    after = odds.fight.after(key)
    origins = tuple(draft.units.hex[row] for row in attackers)
    draft.emit(
        AttackResolved(
            faction, attackers, origins, order.target, foes, enemy, odds.column, sum(dice), key, str(odds), str(after)
        )
    )
    victory.note_fight(draft, order.target)
    _carry_out(draft, after)
    fog.identify(draft, faction, foes)
    fog.identify(draft, enemy, attackers)
    _aftermath(draft, order, attackers, called)


def _carry_out(draft: Draft, after: Aftermath) -> None:
    """Let happen what was worked out, and nothing else; those who see it take note."""
    for event in after.events:
        draft.emit(event)
        if isinstance(event, UnitRetreated):
            fog.be_seen(draft, event.unit, event.path[-1])
        elif isinstance(event, UnitAdvanced):
            fog.look_around(draft, event.unit, event.hex)
            fog.be_seen(draft, event.unit, event.hex)
            taking.take_control(draft, event.unit, (event.hex,), stays=True)
        elif isinstance(event, UnitHid):
            fog.identify(draft, draft.faction, (event.unit,))


def _uncover(draft: Draft, attackers: tuple[int, ...], foes: tuple[int, ...]) -> None:
    # Attackers leave their hiding places, and those who fight see each other.
    owners = draft.world.roster.faction
    for row in (*attackers, *foes):
        if draft.units.hidden[row]:
            draft.emit(UnitHid(row, 0))
    fog.identify(draft, draft.faction, foes)
    for owner in sorted({owners[row] for row in foes}):
        fog.identify(draft, owner, attackers)


def _pay(draft: Draft, order: Attack) -> None:
    price, words = combat.price_of(draft, order)
    command.pay(draft, draft.faction, price, words)
    if order.support:
        support.spend(
            draft, draft.faction, order.support, say("attack on {hex}", hex=draft.world.grid.label(order.target))
        )


def _aftermath(draft: Draft, order: Attack, attackers: tuple[int, ...], called: tuple[strays.Stray, ...]) -> None:
    points = sum(points for kind, points in order.support if kind in support.heavy_kinds(draft.world))
    kind = ground.terrain_of(draft.world, order.target)
    if kind is not None and kind.built_up:
        people.harm(draft, draft.faction, order.target, 1 + points, say("fighting in a town"))
    if not draft.clock.over and not strays.judge(draft, draft.faction, order.target, called):
        origin, notice = draft.units.hex[attackers[0]], combat.flight_risk(draft, draft.faction, order)
        deconfliction.judge(draft, draft.faction, deconfliction.Act("attack", order.target, origin, notice=notice))


def resolve_bombard(draft: Draft, order: Bombard) -> None:
    """Fire a battery at a hex: a chance to disrupt a step of the strongest unit in it."""
    world, row = draft.world, draft.world.row[order.unit]
    draft.emit(UnitSpent(row, Spent.ACTED, 0))
    chance, act = combat.bombard_chance(draft, row, order.target), combat.bombard_act(draft, row, order.target)
    roll = draft.roll_percent("bombard", f"{world.grid.label(order.target)}:{order.unit}")
    foes = combat.defenders_at(draft, draft.faction, order.target)
    hit = roll <= chance and bool(foes)
    result = say("1 step disrupted") if hit else say("no effect")
    draft.emit(FireResolved(draft.faction, BOMBARD, row, order.target, chance, roll, result))
    if hit:
        disrupt(draft, max(foes, key=lambda other: (draft.units.steps[other], -other)), 1, say("bombardment"))
    kind = ground.terrain_of(world, order.target)
    if kind is not None and kind.built_up:
        people.harm(draft, draft.faction, order.target, 1, say("shelling of a town"))
    deconfliction.judge(draft, draft.faction, act)
