"""The game as a multi-agent environment for research: PettingZoo's AEC form over the public face (extra ``rl``).

An agent is a faction; it sees its view and nothing else. It is asked about one unit after another: the unit's orders
stand in a list, and an action is the number of one. Action 0 ends the turn, action 1 puts the unit aside and takes the
next; after the units comes the faction itself (joint attacks, support, liaison). So any policy over a masked
``Discrete`` space plays any scenario, and one that reads the rows of ``orders`` can carry over to another.

    env = RaceEnv("tutorial")
    env.reset(seed=1)
    for agent in env.agent_iter():
        observation, reward, termination, truncation, info = env.last()
        action = None if termination or truncation else env.action_space(agent).sample(observation["action_mask"])
        env.step(action)

Every array of an observation holds whole numbers (int32):

=============  =================  ===========================================================================
key            shape              meaning
=============  =================  ===========================================================================
action_mask    (slots,), int8     1 where an action is legal
orders         (slots, 10)        a row for each order, by ORDER_FEATURES; noughts beyond the last
units          (units, 12)        a row for each unit that the faction knows, by UNIT_FEATURES
hexes          (hexes, 4)         a row for each hex, by HEX_FEATURES
globals        (8,)               by GLOBAL_FEATURES
=============  =================  ===========================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from gymnasium import spaces
from pettingzoo import AECEnv

from game import engine
from game import orders as od
from game.ai.players import make_player
from game.faults import UsageFault
from game.rules import options, victory, zones
from game.scenario.world import Stance
from game.state import State

Table = npt.NDArray[np.int32]
Observation = dict[str, npt.NDArray[Any]]

ORDER_FEATURES = (
    "kind: place of its word in KINDS",
    "target column, counted from 0, -1 for none",
    "target row",
    "hexes marched",
    "expected loss of the enemy, in 72ths of a step, by what is known",
    "expected own loss, in 72ths of a step",
    "of 36 rolls, in how many the hex is cleared",
    "worst risk of an incident, in percent",
    "points of the objectives in the target hex that the faction's bloc does not hold",
    "by how many hexes it brings the unit nearer to the nearest such objective",
)
UNIT_FEATURES = (
    "whose: 1 own, 2 friend, 3 enemy, 4 the other bloc",
    "1 for the unit in hand",
    "column, -1 off the map",
    "row",
    "steps",
    "disrupted steps",
    "attack strength a step",
    "defence strength a step",
    "movement points left, in quarters",
    "supply: 0 full, 1 stretched, 2 cut off",
    "bits of what it has done this turn",
    "entrenchment level",
)
HEX_FEATURES = (
    "terrain: its number in the rules, -1 outside the map",
    "control: 0 nobody, 1 own or friend, 2 enemy, 3 the other bloc",
    "steps of known enemies in it",
    "points of its objectives to the faction",
)
GLOBAL_FEATURES = (
    "turn, from 1", "turns of the scenario", "rung of the ladder", "weather: 0 clear, 1 dust, 2 rain",
    "command points", "liaison points", "own points, in tenths", "points of the best other, in tenths",
)  # fmt: skip
KINDS = tuple(sorted(kind.word for kind in od.Order.__args__))
REWARDS = ("points", "margin", "win")
END_TURN, NEXT_UNIT = 0, 1
_FAR = 99


class RaceEnv(AECEnv):  # type: ignore[misc]  # the library gives it no type
    """One game. ``reward``: what an agent is paid after each order of anybody.

    ``points``: by how much its victory points have risen; ``margin``: the same less the best other's rise; ``win``: at
    the end alone, 1 for the winner and -1 for the others, 0 where nobody wins. ``players`` seats players of the game by
    faction (as ``simulate`` does): those factions are no agents. ``most_orders`` a turn keep a policy that never ends
    its turn from playing for ever: after them only END_TURN is legal.
    """

    metadata: ClassVar[dict[str, Any]] = {
        "name": "race_for_deir_ezzor_v0",
        "render_modes": [],
        "is_parallelizable": False,
    }

    def __init__(
        self,
        scenario: str = "tutorial",
        *,
        reward: str = "margin",
        players: Mapping[str, str] | None = None,
        slots: int = 256,
        most_orders: int = 200,
    ) -> None:
        super().__init__()
        if reward not in REWARDS:
            raise UsageFault(f'there is no reward "{reward}".', f"known are {', '.join(REWARDS)}.")
        self.world = engine.load_scenario(scenario)
        self.reward_kind, self.slots, self.most_orders = reward, slots, most_orders
        self._make = {self.world.faction(name): (player, make_player) for name, player in (players or {}).items()}
        self.render_mode = None
        self.possible_agents = [one.id for n, one in enumerate(self.world.factions) if n not in self._make]
        if not self.possible_agents:
            raise UsageFault("every faction has a player: nobody is left to learn.", "leave one out of players.")
        size, units = self.world.grid.size, len(self.world.roster)
        low, high = np.iinfo(np.int32).min, np.iinfo(np.int32).max

        def box(*shape: int) -> spaces.Box:
            return spaces.Box(low, high, shape, np.int32)

        self._observation_space = spaces.Dict(
            {
                "action_mask": spaces.Box(0, 1, (slots,), np.int8),
                "orders": box(slots, len(ORDER_FEATURES)),
                "units": box(units, len(UNIT_FEATURES)),
                "hexes": box(size, len(HEX_FEATURES)),
                "globals": box(len(GLOBAL_FEATURES)),
            }
        )
        self._action_space = spaces.Discrete(slots)
        self._spaces: dict[str, tuple[spaces.Dict, spaces.Discrete]] = {}

    # --- the library's form -----------------------------------------------------------------------------------------

    def observation_space(self, agent: str) -> spaces.Dict:
        """The shape of what an agent sees; the same for all."""
        return self._of(agent)[0]

    def action_space(self, agent: str) -> spaces.Discrete:
        """The actions of an agent."""
        return self._of(agent)[1]

    def _of(self, agent: str) -> tuple[spaces.Dict, spaces.Discrete]:
        # Spaces carry a random generator of their own, so each agent has its own copy.
        if agent not in self._spaces:
            shapes = spaces.Dict({key: self._observation_space[key] for key in self._observation_space})
            self._spaces[agent] = (shapes, spaces.Discrete(self.slots))
        return self._spaces[agent]

    def reset(self, seed: int | None = None, options: Mapping[str, Any] | None = None) -> None:
        """Start a game; the same seed gives the same game."""
        if seed is not None:
            self._seed = seed
        elif not hasattr(self, "_seed"):
            self._seed = 0
        self.state: State = engine.start(self.world, self._seed)
        self._seed += 1
        self._players = {faction: make(name) for faction, (name, make) in self._make.items()}
        self.agents = list(self.possible_agents)
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self.infos: dict[str, dict[str, Any]] = {agent: {} for agent in self.agents}
        self._points = self._scores()
        self._turn_opens()
        self._others_play()
        self.agent_selection = self._to_play()

    def step(self, action: int | None) -> None:
        """Carry out an action of the agent to play; raises ValueError for one that is not legal."""
        agent = self.agent_selection
        if self.terminations[agent] or self.truncations[agent]:
            self._was_dead_step(action)
            return
        listed = self._listed()
        if action is None or not 0 <= int(action) < len(listed):
            raise ValueError(f"action {action} is not legal; the action_mask of the observation tells which are")
        self._cumulative_rewards[agent] = 0.0
        self._clear_rewards()
        order = listed[int(action)]
        if order is None:
            self._next_unit()
        else:
            self._give(order)
            self._others_play()
            self._pay()
        if self.state.clock.over:
            self.terminations = dict.fromkeys(self.agents, True)
        self.agent_selection = self._to_play()
        self._accumulate_rewards()

    def observe(self, agent: str) -> Observation:
        """What an agent knows now."""
        faction = self.world.faction(agent)
        view = engine.view(self.state, faction).state
        listed = self._listed() if agent == self.agent_selection and not self.state.clock.over else []
        mask = np.zeros(self.slots, np.int8)
        mask[: len(listed)] = 1
        goals = self._goals(view, faction)
        orders = np.zeros((self.slots, len(ORDER_FEATURES)), np.int32)
        for number, order in enumerate(listed):
            if order is not None:
                orders[number] = self._order_row(view, order, goals)
        return {
            "action_mask": mask,
            "orders": orders,
            "units": self._unit_rows(view, faction),
            "hexes": self._hex_rows(view, faction),
            "globals": self._global_row(view, faction),
        }

    def render(self) -> None:
        """Nothing: the table draws saved games."""

    def close(self) -> None:
        """Nothing is held open."""

    # --- whose unit is in hand --------------------------------------------------------------------------------------

    def _turn_opens(self) -> None:
        self._given = self._put_aside = 0
        self._in_hand = 0
        self._found: tuple[State, int, list[od.Order | None]] | None = None

    def _hands(self) -> list[int]:
        """Rows of the units of the faction to play, then -1 for the faction itself."""
        state = self.state
        own = (row for row, owner in enumerate(self.world.roster.faction) if owner == state.faction)
        return [*(row for row in own if state.units.hex[row] >= 0), -1]

    def _next_unit(self) -> None:
        self._in_hand += 1
        self._put_aside += 1
        self._found = None

    def _listed(self) -> list[od.Order | None]:
        """The orders behind the actions; None is NEXT_UNIT."""
        if self._found is not None and self._found[0] is self.state and self._found[1] == self._in_hand:
            return self._found[2]
        view = engine.view(self.state, self.state.faction).state
        hands = self._hands()
        found: list[od.Order | None] = [od.EndTurn()]
        if self._given < self.most_orders and self._put_aside <= 2 * len(hands):
            found.append(None)
            row = hands[self._in_hand % len(hands)]
            candidates = options.faction_candidates(view)
            if row >= 0:
                targets = sorted({here for _, here in zones.known_enemies(view, view.faction)})
                candidates = options.unit_candidates(view, view.world.row[self.world.roster.id[row]], targets)
            for order in self._accepted(view, candidates):
                found.append(order)
                if len(found) == self.slots:
                    break
        self._found = (self.state, self._in_hand, found)
        return found

    def _accepted(self, view: State, candidates: Iterator[od.Order]) -> Iterator[od.Order]:
        return (order for order in candidates if engine.refusal(view, order) is None)

    # --- playing ----------------------------------------------------------------------------------------------------

    def _give(self, order: od.Order) -> None:
        before = self.state.faction, self.state.clock.turn
        # What a view accepts the truth accepts too: refusals depend on what the faction knows.
        self.state, _ = engine.apply(self.state, order)
        self._given += 1
        self._put_aside = 0
        self._found = None
        if (self.state.faction, self.state.clock.turn) != before:
            self._turn_opens()

    def _others_play(self) -> None:
        while not self.state.clock.over and self.state.faction in self._players:
            player = self._players[self.state.faction]
            self._give(player.decide(engine.view(self.state, self.state.faction)))

    def _to_play(self) -> str:
        agent = self.world.factions[self.state.faction].id
        return agent if agent in self.agents else self.agents[0]

    def _scores(self) -> list[float]:
        return [victory.standing(self.state, n).score.total / 10 for n in range(len(self.world.factions))]

    def _pay(self) -> None:
        before, now = self._points, self._scores()
        self._points = now
        outcome = engine.outcome(self.state) if self.state.clock.over else None
        for agent in self.agents:
            me = self.world.faction(agent)
            if self.reward_kind == "win":
                won = 0.0 if outcome is None or outcome.winner is None else 1.0 if outcome.winner == me else -1.0
                self.rewards[agent] = won
                continue
            self.rewards[agent] = now[me] - before[me]
            if self.reward_kind == "margin" and len(now) > 1:
                best = [max(p for n, p in enumerate(points) if n != me) for points in (before, now)]
                self.rewards[agent] -= best[1] - best[0]

    # --- arrays -----------------------------------------------------------------------------------------------------

    def _goals(self, view: State, faction: int) -> dict[int, int]:
        """Hexes with objectives that the faction's side does not hold, with their points to it."""
        goals: dict[int, int] = {}
        for prize in self.world.prizes:
            owner = view.hexes.control[prize.hex]
            if owner < 0 or not self.world.together(faction, owner):
                goals[prize.hex] = goals.get(prize.hex, 0) + prize.points[faction]
        return {here: points for here, points in goals.items() if points}

    def _order_row(self, view: State, order: od.Order, goals: Mapping[int, int]) -> Table:
        grid, world = self.world.grid, view.world
        unit = getattr(order, "unit", None) or next(iter(getattr(order, "units", ())), None)
        path = getattr(order, "path", ())
        target = path[-1] if path else getattr(order, "target", -1)
        target = grid.ends[order.side][0] if hasattr(order, "side") else target
        row = np.zeros(len(ORDER_FEATURES), np.int32)
        row[:4] = KINDS.index(order.word), -1, -1, len(path)
        if isinstance(target, int) and target >= 0:
            row[1], row[2] = target % grid.columns, target // grid.columns
            row[8] = goals.get(target, 0)
            if unit is not None and goals:
                here = view.units.hex[world.row[unit]]
                row[9] = min(grid.distance(here, goal) for goal in goals) - min(
                    grid.distance(target, goal) for goal in goals
                )
        if isinstance(order, od.Attack):
            known = engine.odds(view, order).known
            mine, theirs = known.expected()
            row[4:7] = theirs, mine, known.chance("cleared")
        risk = engine.provokes(view, order)
        row[7] = 0 if risk is None else risk.most
        return row

    def _unit_rows(self, view: State, faction: int) -> Table:
        world, units, roster, columns = view.world, view.units, view.world.roster, self.world.grid.columns
        hands = self._hands()
        hand = hands[self._in_hand % len(hands)] if faction == self.state.faction else -1
        in_hand = self.world.roster.id[hand] if hand >= 0 else ""
        rows = np.zeros((len(self.world.roster), len(UNIT_FEATURES)), np.int32)
        for n, owner in enumerate(roster.faction[: len(rows)]):
            here = units.hex[n]
            whose = 1 if owner == faction else 2 if world.friends(faction, owner) else 3
            if world.stance[faction][owner] == Stance.RIVAL:
                whose = 4
            column, row = (here % columns, here // columns) if here >= 0 else (-1, -1)
            rows[n] = (
                whose, roster.id[n] == in_hand, column, row, units.steps[n], units.disrupted[n], roster.attack[n],
                roster.defence[n], units.mp[n], units.supply[n], units.spent[n], units.dug[n],
            )  # fmt: skip
        return rows

    def _hex_rows(self, view: State, faction: int) -> Table:
        world = view.world
        rows = np.zeros((world.grid.size, len(HEX_FEATURES)), np.int32)
        rows[:, 0] = world.terrain
        whose = [0] * (len(world.factions) + 1)
        for owner in range(len(world.factions)):
            own = world.together(faction, owner)
            whose[owner] = 1 if own else 3 if world.stance[faction][owner] == Stance.RIVAL else 2
        rows[:, 1] = [whose[owner] for owner in view.hexes.control]
        for unit, here in zones.known_enemies(view, faction):
            rows[here, 2] += view.units.steps[unit]
        for prize in self.world.prizes:
            rows[prize.hex, 3] += prize.points[faction]
        return rows

    def _global_row(self, view: State, faction: int) -> Table:
        clock, stocks = view.clock, view.factions
        points = [round(10 * one) for one in self._points]
        best = max((p for n, p in enumerate(points) if n != faction), default=0)
        row = (
            clock.turn,
            self.world.turns,
            clock.ladder,
            clock.weather,
            stocks.command[faction],
            stocks.liaison[faction],
        )
        return np.array([*row, points[faction], best], np.int32)
