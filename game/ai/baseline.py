"""Three simple players: one holds, one gives any legal order, one has units that look no further than themselves.

They are yardsticks and test drivers. Like every player they see a view and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from game import engine
from game import orders as od
from game.ai.staff.ways import field_to, hostile_prizes
from game.dice import die, percent, seed_bytes
from game.rules import options, zones
from game.state import State


class Hold:
    """Ends its turn at once."""

    def __init__(self) -> None:
        self.why = ""

    def decide(self, view: engine.View) -> od.Order:
        """The end of the turn."""
        self.why = "holds everywhere"
        return od.EndTurn()


class RandomPlayer:
    """Any legal order: first a kind is drawn, then one of that kind, so that rare kinds come up as often as marches.

    Its dice are its own: keyed by its seed, the turn and how many orders it has given in it. Drawing from all legal
    orders would mean listing them; it draws units and kinds until one that may be given turns up.
    """

    def __init__(self, stop: int = 5, seed: int = 0) -> None:
        self.why = ""
        self._stop, self._key = stop, seed_bytes(seed)
        self._turn, self._given = (-1, -1), 0

    def decide(self, view: engine.View) -> od.Order:
        """A random order."""
        state = view.state
        now = (state.clock.turn, view.faction)
        self._given = self._given + 1 if now == self._turn else 0
        self._turn = now
        about = f"{state.world.factions[view.faction].id}:{self._given}"
        if percent(self._key, "random stop", state.clock.turn, about) <= self._stop:
            self.why = "the die said stop"
            return od.EndTurn()
        kinds: dict[type[od.Order], list[od.Order]] = {}
        for order in self._candidates(state, about):
            kinds.setdefault(type(order), []).append(order)
        self.why = "the die said so"
        return self._draw(state, kinds, about)

    def _candidates(self, state: State, about: str) -> Iterator[od.Order]:
        # All orders of a few units, and all that need no unit.
        world, faction = state.world, state.faction
        rows = [row for row, owner in enumerate(world.roster.faction) if owner == faction and state.units.hex[row] >= 0]
        targets = sorted({here for _, here in zones.known_enemies(state, faction)})
        for number in range(min(3, len(rows))):
            row = rows.pop(die(self._key, "random unit", state.clock.turn, about, number, len(rows)) - 1)
            yield from options.unit_candidates(state, row, targets)
        yield from options.faction_candidates(state)

    def _draw(self, state: State, kinds: dict[type[od.Order], list[od.Order]], about: str) -> od.Order:
        tries = 0
        while kinds and tries < 60:
            tries += 1
            names = sorted(kinds, key=lambda kind: kind.__name__)
            kind = names[die(self._key, "random kind", state.clock.turn, about, tries, len(names)) - 1]
            orders = kinds[kind]
            order = orders.pop(die(self._key, "random order", state.clock.turn, about, tries, len(orders)) - 1)
            if not orders:
                del kinds[kind]
            if not getattr(order, "confirm", 0) and engine.refusal(state, order) is None:
                return order
        return od.EndTurn()


class Greedy:
    """Unit by unit: attack where the odds please, else walk towards the nearest prize of the enemy, without a plan."""

    def __init__(self, aggression: int = 1) -> None:
        self.why = ""
        self._aggression = aggression
        self._turn, self._done = (-1, -1), set[str]()

    def decide(self, view: engine.View) -> od.Order:
        """The best order of the first unit that has not been looked at this turn."""
        state = view.state
        if (state.clock.turn, view.faction) != self._turn:
            self._turn, self._done = (state.clock.turn, view.faction), set()
        for row, owner in enumerate(state.world.roster.faction):
            unit = state.world.roster.id[row]
            if owner != view.faction or state.units.hex[row] < 0 or unit in self._done:
                continue
            order = self._attack(state, row) or self._walk(state, row)
            if order is None or isinstance(order, od.Attack):
                self._done.add(unit)
            if order is not None:
                return order
        self.why = "nothing left to do"
        return od.EndTurn()

    def _attack(self, state: State, row: int) -> od.Order | None:
        here, unit = state.units.hex[row], state.world.roster.id[row]
        best, best_gain = None, 0
        for target in sorted(
            {there for _, there in zones.known_enemies(state, state.faction)} & set(state.world.grid.near[here])
        ):
            order = od.Attack((unit,), target)
            if engine.refusal(state, order) is None:
                mine, his = engine.odds(state, order).known.expected()
                gain = his * (1 + self._aggression) - 2 * mine
                if gain > best_gain:
                    best, best_gain = order, gain
        if best is not None:
            self.why = "expects to take more than it gives"
        return best

    def _walk(self, state: State, row: int) -> od.Order | None:
        unit, here = state.world.roster.id[row], state.units.hex[row]
        prizes = hostile_prizes(state, state.faction)
        if not prizes or state.units.spent[row] or not state.units.mp[row]:
            return None
        field = field_to(state, prizes, state.world.roster.mobility[row])
        found = engine.reach(state, unit)
        now = field[here] if field[here] >= 0 else 1 << 20
        for goal in sorted(found.cost, key=lambda h: (field[h] if field[h] >= 0 else 1 << 20, h)):
            if goal == here or not 0 <= field[goal] < now:
                return None
            order = od.Move(unit, found.path(goal))
            if engine.refusal(state, order) is None:
                self.why = "goes for the nearest prize"
                return order
        return None
