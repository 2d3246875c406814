"""Nothing moves under the mouse while one ticks boxes: a second click hits what it was meant for."""

from __future__ import annotations

from game.ui.panels.acts import ChangeSupport, ToggleAttacker, ToggleSetPiece
from tests.situation import unit
from tests.ui.table_hands import Hands, small_world


def test_the_list_of_attackers_stays_where_it_is_whoever_joins(window: object) -> None:
    units = [
        unit("wolves", "saa", "0303", "mech", steps=3),
        unit("lions", "saa", "0303", "mech", steps=3),
        unit("foxes", "saa", "0402"),
        unit("guns", "saa", "0303", "artillery"),
        unit("cellar", "isis", "0403", steps=1, quality="D"),
        unit("hills", "sdf", "0902", steps=2),
    ]
    hands = Hands(small_world(units=units), {0: "human", 1: "hold", 2: "hold"})
    table = hands.table
    hands.click(hands.point("0303"))
    hands.key(ord("b"))
    assert table.selection.mode == "attack"

    def places() -> dict[object, tuple[int, int]]:
        page = table.pages.upper(table)
        acts = (ToggleAttacker, ChangeSupport, ToggleSetPiece)
        return {spot.act: spot.rect.topleft for spot in page.spots if isinstance(spot.act, acts)}

    before = places()
    rows = [act.unit for act in before if isinstance(act, ToggleAttacker)]
    assert len(rows) >= 3 and any(isinstance(act, ToggleSetPiece) for act in before)
    for ticked in (*rows[1:], *reversed(rows[1:])):
        box = table.pages.boxes(table)["upper"]
        x, y = next(at for act, at in places().items() if act == ToggleAttacker(ticked))
        hands.click((box.box.x + x + 6, box.box.y + y + 6 - box.scroll))
        assert places() == before
