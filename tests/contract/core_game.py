"""Play the orders of a game with the engine alone and print a digest after each; run with ``python -I -S``.

Standard input holds a first line with the seed, a second one with the canonical form of a scenario, and then one order
a line. Nothing but the standard library is there: a package that the engine needed would not be found.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from game import engine
    from game.orders import parse_order
    from game.scenario.build import world_from

    seed, form, *orders = sys.stdin.buffer.read().decode("utf-8").split("\n")
    world = world_from(json.loads(form))
    state = engine.start(world, int(seed))
    print(world.digest, state.digest())
    for text in filter(None, orders):
        state, events = engine.apply(state, parse_order(text, world.grid))
        print(state.digest(), len(events), len(engine.view(state, state.faction).state.world.roster))
    strangers = sorted({name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - {"game"})
    print("strangers:", *[name for name in strangers if not name.startswith("_")])


if __name__ == "__main__":
    main()
