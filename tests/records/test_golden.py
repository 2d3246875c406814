"""Golden records: what earlier games wrote can be read, and the present form has its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import records
from game.ai.players import make_player
from game.log import RULES
from game.records.limits import SCHEMA
from game.records.migrations import STEPS
from tests.records.golden import AGAIN, FOLDER, game

SAVES = sorted(FOLDER.glob("form-*.dez"))


@pytest.mark.parametrize("path", SAVES, ids=lambda path: path.stem)
def test_s06_every_golden_save_is_read_to_the_recorded_state(path: Path) -> None:
    try:
        session = records.load_game(path, make_player)
    except records.BadRecord as fault:
        pytest.fail(f"{fault}\n{AGAIN}")
    if records.read_header(path).schema == SCHEMA:
        assert f"{session.state.digest()}\n" == path.with_suffix(".digest").read_text(encoding="ascii"), AGAIN
    session.step()


def test_the_present_form_has_its_golden_records() -> None:
    path = FOLDER / f"form-{SCHEMA}.dez"
    assert path in SAVES, AGAIN
    assert records.read_header(path).rules == RULES, AGAIN
    for file in (path, path.with_suffix(".replay")):
        result = records.verify_file(file, make_player)
        assert result.exit_code == 0, f"{result.lines()[0]}\n{AGAIN}"
    assert game().state.digest() == records.load_game(path).state.digest(), AGAIN


def test_there_is_a_way_from_every_golden_form_to_the_present_one() -> None:
    for path in SAVES:
        assert all(number in STEPS for number in range(records.read_header(path).schema, SCHEMA)), path.name
