"""The golden records: one save and one replay of each form, which every later game must read.

Until the form is released they are written anew when it, or the rules, change:

    python -m tests.records.golden

From then on a file is never written again: a new form brings a step to ``game/records/migrations.py``, and a file of
its own beside the older ones.
"""

from __future__ import annotations

from pathlib import Path

from game.ai.players import make_player
from game.records import write_replay
from game.records.limits import SCHEMA
from game.records.saves import save_bytes
from game.session import Session
from tests.war import small_war

FOLDER = Path(__file__).parent / "golden"
AGAIN = "the form of a save, or the rules, have changed: add a migration, or before the release of this form write the "
AGAIN += "golden records anew: python -m tests.records.golden"


def game() -> Session:
    """A game of the staff with itself, saved in the middle of a turn of the third day."""
    world = small_war()
    session = Session(world, 11)
    for number in range(len(world.factions)):
        session.seat(number, make_player("staff"), "staff")
    for _ in session.run():
        begun = session.minds.begun(session.state)
        if session.state.clock.turn == 3 and begun is not None and len(session.entries) > begun.orders + 1:
            break
    return session


def main() -> None:
    """Write the records of the present form."""
    FOLDER.mkdir(exist_ok=True)
    session = game()
    (FOLDER / f"form-{SCHEMA}.dez").write_bytes(save_bytes(session, name="golden", saved="2017-09-05T06:00:00.000000Z"))
    (FOLDER / f"form-{SCHEMA}.digest").write_text(f"{session.state.digest()}\n", encoding="ascii")
    write_replay(session, FOLDER / f"form-{SCHEMA}.replay")


if __name__ == "__main__":
    main()
