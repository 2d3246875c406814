"""What a seat has resolved for later turns: marches over several turns, units that hold, and orders that repeat.

A plan is no order. When its turn comes, :func:`judge` says which ordinary order it stands for now, or why it ends, from
the seat's view alone; whoever hosts the game gives that order. So engine, AI and replays know nothing of plans. They
belong to a faction's seat and are kept in the save beside the state.

    >>> from game.hexgrid import grid
    >>> board = grid(12, 9)
    >>> to_text(parse_plan("march t-1st 0405,0605 9 0 0", board), board)
    'march t-1st 0405,0605 9 0 0'
"""

from __future__ import annotations

from game.plans.judging import (
    PlanVerdict,
    TodaysLegs,
    ahead,
    follow,
    hold,
    judge,
    march_order,
    nearest_enemy,
    next_leg,
    todays_legs,
)
from game.plans.kinds import (
    CONTACT,
    LONGEST,
    MOST_PLANS,
    NOBODY,
    DropPlan,
    FollowPlan,
    HoldPlan,
    MarchOrder,
    Plan,
    Plans,
    Repeat,
    Repeatable,
    plan_key,
    plan_place,
)
from game.plans.lines import from_plain, parse_plan, plain, to_text

__all__ = [
    "CONTACT",
    "LONGEST",
    "MOST_PLANS",
    "NOBODY",
    "DropPlan",
    "FollowPlan",
    "HoldPlan",
    "MarchOrder",
    "Plan",
    "PlanVerdict",
    "Plans",
    "Repeat",
    "Repeatable",
    "TodaysLegs",
    "ahead",
    "follow",
    "from_plain",
    "hold",
    "judge",
    "march_order",
    "nearest_enemy",
    "next_leg",
    "parse_plan",
    "plain",
    "plan_key",
    "plan_place",
    "to_text",
    "todays_legs",
]
