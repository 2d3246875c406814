"""The words over the button that attacks the other bloc: what follows depends on the scenario's option."""

from __future__ import annotations

from game.ui.panels.attack_forecast import rival_warning
from tests.situation import play, situation


def test_the_panel_says_what_an_attack_on_the_other_bloc_brings() -> None:
    ends = play(situation(". .\n. .", factions=("saa", "sdf")))
    goes_on = play(situation(". .\n. .", factions=("saa", "sdf"), options={"open_clash": True}))
    assert "the worst result for your bloc." in rival_warning(ends, 0)
    assert rival_warning(ends, 1).endswith("Confirm once more: this ends the race.")
    assert "war between the blocs" in rival_warning(goes_on, 1) and "cannot undo" in rival_warning(goes_on, 1)
    assert rival_warning(goes_on, 2).endswith("Give the order now.")
