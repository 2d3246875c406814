"""Strikes from off the map, against units, roads and crossings, and flights that lift the fog (rules 9.6 to 9.11)."""

from __future__ import annotations

from dataclasses import replace

from game.events import ArsenalStruck, CrossingBroken, FireResolved, RoadInterdicted, SupplyJudged
from game.orders import Interdict, Scout, Strike, StrikeBridge
from game.rules import airspace, columns, deconfliction, fog, ground, ladder, people, strays, strongpoints, support
from game.rules.ledger import Ledger, Term, ledger
from game.rules.losses import disrupt, lose
from game.rules.refusal import Refusal
from game.state import Draft
from game.state.codes import CrossingKind, CrossingState, Knowledge
from game.state.tables import Position
from game.words import count, say

# --- strikes on units ---------------------------------------------------------------------------------------


def strike_chance(state: Position, faction: int, kind: str, target: int) -> Ledger:
    """Chance in percent that one point hits, line by line, from what the faction knows of the target.

    An arsenal lies where its maps say: a point that is meant for one hits or misses whoever guards it (9.16).
    """
    world, rules, what = state.world, state.world.rules.support, support.kinds(state.world)[kind]
    if what.arsenals and arsenal_at(state, faction, target) >= 0:
        return ledger((Term(what.name.lower(), what.hit),), low=0, high=100)
    known = support.known_at(state, faction, target)
    sure = [row for row in known if state.intel[faction].level[row] == Knowledge.IDENTIFIED]
    terms = [Term(what.name.lower(), what.hit)]
    if not sure:
        terms.append(Term(say("the target is not identified"), what.hit * rules.contact_percent // 100 - what.hit))
    shape = ground.terrain_of(world, target)
    if shape is not None:
        terms.append(Term(say("cover of {terrain}", terrain=shape.name.lower()), -rules.cover * shape.shift))
    dug = max((state.intel[faction].dug[row] for row in sure), default=0)
    terms.append(Term(say("entrenched, level {level}", level=dug), -rules.dug * dug))
    if what.flown and _air_defence_near(state, faction, target):
        terms.append(Term(say("air defence in range"), -rules.air_defence))
    left = ladder.support_percent(state, faction, target)
    if left < 100:
        now = sum(term.value for term in terms)
        terms.append(Term(say("near the line at rung {rung}", rung=state.clock.ladder), now * left // 100 - now))
    return ledger(terms, low=rules.least, high=100)


def _air_defence_near(state: Position, faction: int, target: int) -> bool:
    world, reach = state.world, state.world.rules.support.air_defence_range
    intel, owners = state.intel[faction], world.roster.faction
    return any(
        intel.level[row] == Knowledge.IDENTIFIED and "air-defence" in traits and world.at_war(faction, owners[row])
        and world.grid.distance(intel.hex[row], target) <= reach
        for row, traits in enumerate(world.roster.traits)
    )  # fmt: skip


def strike_act(state: Position, faction: int, kind: str, target: int) -> deconfliction.Act:
    """The act that a strike is to the other bloc, for forecast and judgement."""
    what = support.kinds(state.world)[kind]
    notice = airspace.flight_risk(state, faction, target) if what.flown else 0
    return deconfliction.Act("strike", target, identified=support.identified(state, faction, target), notice=notice)


def interdict_act(state: Position, faction: int, kind: str, target: int) -> deconfliction.Act:
    """The act that an interdiction is to the other bloc."""
    return replace(strike_act(state, faction, kind, target), identified=True)


def bridge_acts(state: Position, faction: int, kind: str, side: int) -> tuple[deconfliction.Act, ...]:
    """The acts that a strike on a crossing is: one at either end, of which the worse is rolled for."""
    ends = state.world.grid.ends[side]
    notice = strike_act(state, faction, kind, ends[0]).notice
    return tuple(deconfliction.Act("strike", here, notice=notice) for here in ends if here >= 0)


def scout_acts(state: Position, faction: int, kind: str, target: int) -> tuple[deconfliction.Act, ...]:
    """The act that a reconnaissance flight is: none but where notice is due."""
    notice = strike_act(state, faction, kind, target).notice
    return (deconfliction.Act("move", target, notice=notice),) if notice else ()


def refuse_strike(state: Position, order: Strike) -> Refusal | None:
    """Why a strike cannot be flown or fired."""
    world, faction = state.world, state.faction
    what = support.kinds(world).get(order.kind)
    refusal = _refuse_hex(state, order.target) or support.refuse_points(
        state, faction, order.kind, order.points, what.per_strike if what else 0
    )
    if refusal is not None:
        return refusal
    if what is None or not what.hit:
        return Refusal("9.6", say("this support cannot strike a hex"))
    label = world.grid.label(order.target)
    if any(here == order.target for _, here in ladder.known_rivals(state, faction)):
        return Refusal("11.7", say("the other bloc has troops in {hex}", hex=label))
    if what.arsenals and arsenal_at(state, faction, order.target) >= 0:
        return None
    if not support.known_at(state, faction, order.target):
        return Refusal("9.6", say("you know of no enemy in {hex}", hex=label))
    return support.refuse_needs(state, faction, order.kind, order.target)


def arsenal_at(state: Position, faction: int, here: int) -> int:
    """The enemy whose arsenal lies in a hex that he holds and gives supply, -1 nobody's."""
    world = state.world
    for owner, one in enumerate(world.factions):
        for source in one.sources:
            if source.hex == here and source.arsenal and world.at_war(faction, owner):
                holds = state.hexes.control[here] == owner and dict(state.clock.struck).get(here, 0) < state.clock.turn
                return owner if holds else -1
    return -1


def _refuse_hex(state: Position, here: int) -> Refusal | None:
    inside = 0 <= here < state.world.grid.size and state.world.terrain[here] >= 0
    return None if inside else Refusal("9.6", say("the target is off the map"))


def resolve_strike(draft: Draft, order: Strike) -> None:
    """Send it, see what it hits, and what others make of it."""
    world, faction, target = draft.world, draft.faction, order.target
    label, what = world.grid.label(target), support.kinds(world)[order.kind]
    act, chance = (
        strike_act(draft, faction, order.kind, target),
        strike_chance(draft, faction, order.kind, target).total,
    )
    support.spend(draft, faction, ((order.kind, order.points),), say("strike on {hex}", hex=label))
    about = f"{world.factions[faction].id}:{order.kind}:{label}"
    stray = next(iter(strays.risks(draft, faction, target, strays.used(order))), None)
    arrive, roll = (order.points, -1) if stray is None else strays.first_astray(draft, faction, target, stray)
    owner = arsenal_at(draft, faction, target) if what.arsenals else -1
    for _ in range(arrive if owner >= 0 else 0):
        _blow_up(draft, faction, order.kind, owner, target, chance, about)
    for _ in range(0 if owner >= 0 else arrive):
        _shot(draft, faction, order.kind, _enemies_at(draft, faction, target), target, chance, about)
    people.harm(draft, faction, target, what.harm * arrive, say("{support} on a town", support=what.name.lower()))
    if stray is not None and roll >= 0:
        strays.fall(draft, faction, target, stray, roll)
    else:
        deconfliction.judge(draft, faction, act)


def _blow_up(draft: Draft, faction: int, kind: str, owner: int, target: int, chance: int, about: str) -> None:
    """A point falls on an arsenal: a hit closes it, and costs its garrison the stores and a strongpoint (9.16)."""
    world, roll = draft.world, draft.roll_percent("strike", about)
    result = say("the arsenal burns") if roll <= chance else say("no effect")
    draft.emit(FireResolved(faction, kind, -1, target, chance, roll, result))
    if roll > chance:
        return
    draft.emit(ArsenalStruck(faction, owner, target, draft.clock.turn + world.rules.support.arsenal_turns))
    rows = tuple(row for row in draft.units_at(target) if world.roster.faction[row] == owner)
    if rows:
        how, cut = (tuple(column[row] for row in rows) for column in (draft.units.supply, draft.units.cut))
        draft.emit(SupplyJudged(owner, rows, how, cut, (0,) * len(rows)))
    if strongpoints.standing(draft, target):
        draft.emit(strongpoints.taken(draft, target, say("missiles have hit its arsenal")))


def _shot(draft: Draft, faction: int, kind: str, rows: tuple[int, ...], target: int, chance: int, about: str) -> None:
    units, what = draft.units, support.kinds(draft.world)[kind]
    alive = [row for row in rows if units.hex[row] >= 0]
    roll = draft.roll_percent("strike", about)
    if roll > chance or not alive:
        draft.emit(FireResolved(faction, kind, -1, target, chance, roll, say("no effect")))
        return
    lone = columns.unguarded(draft, target) if what.ambushes else ()
    if lone:
        draft.emit(FireResolved(faction, kind, lone[0], target, chance, roll, say("a supply column destroyed")))
        columns.ambush(draft, faction, lone[0])
        return
    row = max(alive, key=lambda one: (units.steps[one], units.steps[one] - units.disrupted[one], -one))
    killed = draft.roll_percent("strike effect", about) <= what.kill
    draft.emit(FireResolved(faction, kind, row, target, chance, roll, _effect(killed)))
    (lose if killed else disrupt)(draft, row, 1, what.name.lower())


def _effect(destroyed: bool) -> str:
    return say("1 step destroyed") if destroyed else say("1 step disrupted")


def _enemies_at(state: Position, faction: int, target: int) -> tuple[int, ...]:
    world, owners, hidden = state.world, state.world.roster.faction, state.units.hidden
    return tuple(row for row in state.units_at(target) if world.at_war(faction, owners[row]) and not hidden[row])


# --- roads and crossings ------------------------------------------------------------------------------------


def best_kind(state: Position, faction: int, target: int, use: str) -> str | Refusal:
    """The kind a faction has most points of, among those fit for a use (a field of the kind) and allowed at a hex."""
    fit = [
        (kind, points)
        for kind, points in state.clock.support[faction]
        if points > 0 and getattr(support.kinds(state.world)[kind], use)
    ]
    if not fit:
        return Refusal("9.9", say("you have no support left that can do this"))
    refusals = []
    for kind, _ in sorted(fit, key=lambda pair: (-pair[1], pair[0])):
        # The hex itself is the target: nothing need be seen in it.
        what = support.kinds(state.world)[kind]
        refusal = airspace.refuse_flight(state, faction, target) if what.flown else None
        if refusal is None and not {"seen", "identified"} & set(what.needs):
            refusal = support.refuse_needs(state, faction, kind, target)
        if refusal is None:
            return kind
        refusals.append(refusal)
    return refusals[0]


def refuse_interdict(state: Position, order: Interdict) -> Refusal | None:
    """Why a road hex cannot be interdicted."""
    world = state.world
    refusal = _refuse_hex(state, order.target)
    if refusal is not None:
        return refusal
    label = world.grid.label(order.target)
    if not any(side >= 0 and world.road[side] for side in world.grid.sides[order.target]):
        return Refusal("9.9", say("there is no road in {hex}", hex=label))
    mark = state.hexes.interdicted[order.target]
    if mark and world.together(state.faction, mark - 1):
        return Refusal("9.9", say("{hex} is already interdicted", hex=label))
    if any(here == order.target for _, here in ladder.known_rivals(state, state.faction)):
        return Refusal("11.7", say("the other bloc has troops in {hex}", hex=label))
    kind = best_kind(state, state.faction, order.target, "interdicts")
    return kind if isinstance(kind, Refusal) else None


def resolve_interdict(draft: Draft, order: Interdict) -> None:
    """Close a road hex to the enemy's traffic for a turn."""
    faction, kind = draft.faction, best_kind(draft, draft.faction, order.target, "interdicts")
    if isinstance(kind, Refusal):
        return
    act = interdict_act(draft, faction, kind, order.target)
    support.spend(draft, faction, ((kind, 1),), say("interdiction of {hex}", hex=draft.world.grid.label(order.target)))
    draft.emit(RoadInterdicted(faction, order.target))
    deconfliction.judge(draft, faction, act)


def bridge_chance(state: Position, kind: str, side: int, faction: int) -> Ledger:
    """Chance in percent that a point breaks a crossing."""
    what, rules = support.kinds(state.world)[kind], state.world.rules.support
    tries = sum(1 for used in state.clock.used if used.startswith(f"bridge strike:{_about(state, faction, side)}#"))
    left = min(ladder.support_percent(state, faction, here) for here in state.world.grid.ends[side])
    terms = [
        Term(what.name.lower(), what.bridge),
        Term(count(tries, "struck once this turn", "struck {n} times this turn"), rules.repeat * tries),
    ]
    now = sum(term.value for term in terms)
    terms.append(Term(say("near the line at rung {rung}", rung=state.clock.ladder), now * left // 100 - now))
    return ledger(terms, low=0, high=100)


def _about(state: Position, faction: int, side: int) -> str:
    """What the dice of a strike on a crossing are thrown for; a faction remembers those it has thrown this turn."""
    return f"{state.world.factions[faction].id}:{state.world.grid.side_label(side)}"


def crossing_at(state: Position, side: int) -> int:
    """Number of the crossing that stands or is being built on a side, -1 none."""
    sites = state.sites
    return next((n for n, at in enumerate(sites.side) if at == side and sites.state[n] != CrossingState.GONE), -1)


def refuse_strike_bridge(state: Position, order: StrikeBridge) -> Refusal | None:
    """Why a crossing cannot be struck."""
    world, faction = state.world, state.faction
    if not 0 <= order.side < len(world.grid.ends):
        return Refusal("9.9", say("that hexside is off the map"))
    site = crossing_at(state, order.side)
    if site < 0:
        return Refusal("9.9", say("there is no crossing at {side}", side=world.grid.side_label(order.side)))
    if state.sites.kind[site] == CrossingKind.DAM:
        return Refusal("9.9", say("you cannot strike a dam: it would flood the valley"))
    owner = state.sites.owner[site]
    if owner >= 0 and not world.at_war(faction, owner):
        return Refusal(
            "11.7" if owner in ladder.rivals(world, faction) else "9.9",
            say("the crossing belongs to another faction: {faction}", faction=world.factions[owner].name),
        )
    kind = best_kind(state, faction, world.grid.ends[order.side][0], "bridge")
    return kind if isinstance(kind, Refusal) else None


def resolve_strike_bridge(draft: Draft, order: StrikeBridge) -> None:
    """Try to break a crossing from the air or with fires."""
    world, faction, ends = draft.world, draft.faction, draft.world.grid.ends[order.side]
    kind, label = best_kind(draft, faction, ends[0], "bridge"), world.grid.side_label(order.side)
    if isinstance(kind, Refusal):
        return
    chance, acts = (
        bridge_chance(draft, kind, order.side, faction).total,
        bridge_acts(draft, faction, kind, order.side),
    )
    support.spend(draft, faction, ((kind, 1),), say("strike on the crossing at {side}", side=label))
    roll = draft.roll_percent("bridge strike", _about(draft, faction, order.side))
    broken = roll <= chance
    draft.emit(
        FireResolved(
            faction,
            kind,
            -1,
            ends[0],
            chance,
            roll,
            say("the crossing is broken") if broken else say("the crossing holds"),
        )
    )
    if broken:
        draft.emit(CrossingBroken(crossing_at(draft, order.side), order.side, support.kinds(world)[kind].name.lower()))
    deconfliction.judge(draft, faction, max(acts, key=lambda act: deconfliction.true_risk(draft, faction, act).percent))


# --- scouting -----------------------------------------------------------------------------------------------


def refuse_scout(state: Position, order: Scout) -> Refusal | None:
    """Why a reconnaissance flight is not possible."""
    refusal = _refuse_hex(state, order.target)
    if refusal is not None:
        return refusal
    kind = best_kind(state, state.faction, order.target, "scouts")
    return kind if isinstance(kind, Refusal) else None


def resolve_scout(draft: Draft, order: Scout) -> None:
    """Look at what stands around a hex."""
    world, faction = draft.world, draft.faction
    kind = best_kind(draft, faction, order.target, "scouts")
    if isinstance(kind, Refusal):
        return
    acts = scout_acts(draft, faction, kind, order.target)
    support.spend(draft, faction, ((kind, 1),), say("reconnaissance over {hex}", hex=world.grid.label(order.target)))
    fog.reveal_around(draft, faction, order.target, world.rules.fog.scout_radius, Knowledge.IDENTIFIED)
    for act in acts:
        deconfliction.judge(draft, faction, act)
