"""Which file holds a game that can be shown: told by what is in it, and by its name where that tells nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import records
from game.faults import RecordFault
from game.records.replays import replay_text
from game.records.saves import save_bytes
from game.session import Session


def test_a_game_is_shown_whatever_its_file_is_called(played: tuple[Session, Session], tmp_path: Path) -> None:
    save, replay = save_bytes(played[0]), replay_text(played[1]).encode("utf-8")
    for name in ("a.dez", "a.replay", "a.txt"):
        path = tmp_path / name
        for data, session in ((save, played[0]), (replay, played[1])):
            path.write_bytes(data)
            found = records.open_showing(path)
            assert (found.seed, list(found.lines)) == (session.seed, session.lines)
            assert (found.eyes[-1] == -1) is session.over, "all is shown of an ended game alone"


@pytest.mark.parametrize(("name", "said"), [("a.dez", "save"), ("a.replay", "replay"), ("a.txt", "replay")])
def test_what_is_neither_is_called_what_its_name_says(name: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"neither of the two")
    with pytest.raises(RecordFault, match=f"is not a .*{said} "):
        records.open_showing(path)
