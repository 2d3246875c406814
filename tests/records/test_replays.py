"""Replays: a game as text that proves itself, and names the first order that is not true."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from game import engine, records
from game import orders as od
from game.log import RULES, read_line
from game.records import limits
from game.records.envelope import BadRecord
from game.records.replays import replay_of, replay_text, seal_of
from game.records.strict_json import canonical_bytes
from game.records.verifying import VerifyResult
from game.scenario.build import world_from
from game.session import Session

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def text(played: tuple[Session, Session]) -> str:
    """A whole game as text."""
    return replay_text(played[1])


def verified(text: str, folder: Path) -> VerifyResult:
    """The check of some text."""
    path = folder / "game.replay"
    path.write_text(text, encoding="utf-8", newline="")
    return records.verify_file(path)


def order_rows(text: str) -> list[int]:
    """Numbers (from 0) of the lines that hold orders."""
    rows = text.split("\n")
    return [number for number, row in enumerate(rows) if row and number > rows.index("") and not row.startswith("#")]


def replaced(text: str, number: int, row: str | None) -> str:
    """The text with a line replaced, or taken out."""
    rows = text.split("\n")
    rows[number : number + 1] = [] if row is None else [row]
    return "\n".join(rows)


def test_a_replay_reads_well_and_is_true(text: str, finished: Session, tmp_path: Path) -> None:
    rows = text.split("\n")
    assert rows[0] == "DEZREPLAY 1" and "seed 4" in rows and "players saa=random sdf=random isis=random" in rows
    assert f"orders {len(finished.entries)}" in rows
    assert [row[:7] for row in rows if row.startswith("# turn")] == [f"# turn {n}"[:7] for n in range(1, 7)]
    assert rows[-2] == f"# end digest {finished.state.digest()}" and rows[-1] == ""
    assert all(len(row) < 400 for row in rows if not row.startswith("form "))
    result = verified(text, tmp_path)
    assert result.exit_code == 0 and result.orders == len(finished.entries) and result.turns == 6
    assert len(result.lines()) == 1 and "true" in result.lines()[0]


def test_a_replay_of_a_game_in_progress_and_of_a_loaded_one(game: Session, tmp_path: Path) -> None:
    path = records.write_replay(game, tmp_path / "a.replay")
    assert records.verify_file(path).exit_code == 0
    loaded = records.load_game(records.save_game(game, tmp_path / "a.dez"))
    assert replay_text(loaded) == path.read_text(encoding="utf-8")
    assert records.verify_file(records.write_replay(Session(game.world, 9), tmp_path / "b.replay")).exit_code == 0


def test_remarks_and_line_ends_of_windows_do_not_matter(text: str, tmp_path: Path) -> None:
    first = order_rows(text)[0]
    rows = text.split("\n")
    remarked = "\n".join([*rows[:first], "# a remark", "", *rows[first:]])
    assert verified(remarked, tmp_path).exit_code == 0
    assert verified(text.replace("\n", "\r\n"), tmp_path).exit_code == 0


def test_r01_a_cut_file_is_true_as_far_as_it_goes(text: str, tmp_path: Path) -> None:
    rows = order_rows(text)
    lines = text.split("\n")
    cut = "\n".join(lines[: rows[30]]) + "\n" + lines[rows[30]][:9]
    result = verified(cut, tmp_path)
    assert result.exit_code == 3 and result.orders == 30
    assert f":{rows[30] + 1}: error R201" in result.lines()[0] and "order 30 of" in result.lines()[0]
    seen = 0
    with pytest.raises(records.BadRecord, match="R201"):
        for _ in records.played(records.open_replay(tmp_path / "game.replay")):
            seen += 1
    assert seen == 31
    whole = "\n".join(lines[: rows[30]]) + "\n"
    assert "R201" in verified(whole, tmp_path).lines()[0]
    assert "R201" in verified(text[: text.index("# end")], tmp_path).lines()[0]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("dig-in nobody", "no unit"), ("move tigers 9999", "off the map"), ("move tigers 0104,0806", "cannot march"),
        ("fly tigers", "not an order"), ("move tigers", "takes 2 parts"), ("attack tigers 0104 - 9 9 9", "takes 5"),
        ("strike kalibr 0505 1", "refused"), ("cede 0101", "refused"), ("strike strike 0505 99999999", "whole number"),
    ],
)  # fmt: skip
def test_r02_r03_an_impossible_order_is_named(text: str, tmp_path: Path, order: str, said: str) -> None:
    row = next(n for n in order_rows(text) if text.split("\n")[n].startswith("saa 1 "))
    result = verified(replaced(text, row, f"saa 1 {order} | - | 000000000000"), tmp_path)
    assert result.exit_code == 3 and result.orders == 0
    line = result.lines()[0]
    assert f":{row + 1}: error R203: order 1 (turn 1, saa: {order})" in line and said in line


def test_r04_one_die_changed(text: str, tmp_path: Path) -> None:
    row = next(n for n in order_rows(text) if " | combat " in text.split("\n")[n])
    number = order_rows(text).index(row) + 1
    head, dice, mark = text.split("\n")[row].rsplit(" | ", 2)
    word, first, *rest = dice.split()
    changed = " | ".join([head, " ".join([word, str(int(first) % 6 + 1), *rest]), mark])
    result = verified(replaced(text, row, changed), tmp_path)
    assert f"order {number} (turn" in result.lines()[0] and "dice do not match" in result.lines()[0]
    assert result.orders == number - 1


def test_b03_orders_removed_doubled_or_swapped_are_found(text: str, tmp_path: Path) -> None:
    rows, lines = order_rows(text), text.split("\n")
    for number in range(0, len(rows) - 1, len(rows) // 6):
        row = rows[number]
        for changed in (
            replaced(text, row, None),
            replaced(text, row, lines[row] + "\n" + lines[row]),
            "\n".join([*lines[:row], lines[row + 1], lines[row], *lines[row + 2 :]]) if row + 1 in rows else None,
        ):
            if changed is None:
                continue
            result = verified(changed, tmp_path)
            assert result.exit_code == 3 and number - 1 <= result.orders <= number + 1, result.lines()


def test_b01_a_legal_order_put_in_the_place_of_another_is_found(text: str, finished: Session, tmp_path: Path) -> None:
    world = finished.world
    row, state = order_rows(text)[0], engine.start(world, finished.seed)
    for order in list(engine.legal_orders(state))[1:40:3]:
        words = od.to_text(order, world.grid)
        old = text.split("\n")[row].split(" | ")
        if old[0] == f"saa 1 {words}":
            continue
        result = verified(replaced(text, row, f"saa 1 {words} | {old[1]} | {old[2]}"), tmp_path)
        assert result.exit_code == 3 and result.orders == 0 and "order 1 (" in result.lines()[0]


def test_digests_of_turns_are_compared(text: str, tmp_path: Path) -> None:
    turn = next(n for n, row in enumerate(text.split("\n")) if row.startswith("# turn 3 digest"))
    result = verified(replaced(text, turn, "# turn 3 digest " + "0" * 64), tmp_path)
    assert "R206" in result.lines()[0] and "turn 3 does not open" in result.lines()[0]
    assert verified(replaced(text, turn, None), tmp_path).exit_code == 3
    end = text[: text.index("# end")] + "# end digest " + "0" * 64 + "\n"
    assert "R206" in verified(end, tmp_path).lines()[0]
    more = text.replace("# end", "# turn 9 digest " + "0" * 64 + "\n# end")
    assert verified(more, tmp_path).exit_code == 3


def test_r05_other_rules_are_refused(text: str, tmp_path: Path) -> None:
    result = verified(text.replace(f"rules {RULES}\n", f"rules {RULES + 1}\n"), tmp_path)
    assert result.exit_code == 3 and "R106" in result.lines()[0]


def test_r05_another_scenario_under_the_same_name_is_refused(text: str, game: Session, tmp_path: Path) -> None:
    from tests.war import small_war

    other = replay_text(Session(small_war(turns=9), 4)).split("\n")
    form = next(row for row in other if row.startswith("form "))
    mine = next(row for row in text.split("\n") if row.startswith("form "))
    assert "R107" in verified(text.replace(mine, form), tmp_path).lines()[0]
    assert "R107" in verified(text.replace(mine, mine[:-40]), tmp_path).lines()[0]
    assert "R107" in verified(text.replace(mine, "form !!!"), tmp_path).lines()[0]


def test_a_scenario_that_starts_against_the_rules_is_refused(game: Session, tmp_path: Path) -> None:
    plain = json.loads(canonical_bytes(game.world.raw))
    plain["forces"]["saa"]["units"][0]["hex"] = plain["forces"]["isis"]["units"][1]["hex"]
    result = verified(replay_text(Session(world_from(plain), 1)), tmp_path)
    assert result.exit_code == 3 and "R107" in result.lines()[0] and "I-06 units.hex" in result.lines()[0]


def test_r06_the_same_replay_twice_and_rewound(text: str) -> None:
    replay = replay_of(text.encode())
    first = [session.state.digest() for session in records.played(replay)]
    again = [session.state.digest() for session in records.played(replay)]
    assert first == again and len(first) == replay.declared + 1


def test_r08_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.replay"
    with path.open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)
    result = records.verify_file(path)
    assert result.exit_code == 3 and "larger than" in result.lines()[0]


@pytest.mark.parametrize("key", ["seed", "scenario-sha256", "form", "orders", "players", "rules", "conceded"])
def test_r09_a_field_missing_doubled_or_wrong(text: str, tmp_path: Path, key: str) -> None:
    row = next(row for row in text.split("\n") if row.startswith(f"{key} "))
    assert f"lacks '{key}'" in verified(text.replace(f"{row}\n", "", 1), tmp_path).lines()[0]
    assert "R105" in verified(text.replace(row, f"{row}\n{row}", 1), tmp_path).lines()[0]
    if key not in ("players",):
        assert verified(text.replace(row, f"{key} nonsense", 1), tmp_path).exit_code == 3


def test_another_seed_is_found_at_once(text: str, tmp_path: Path) -> None:
    result = verified(text.replace("seed 4\n", "seed 5\n"), tmp_path)
    assert result.exit_code == 3 and result.orders == 0


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\x89PNG", b"DEZREPLAY", b"DEZREPLAY 2\n", b"DEZREPLAY 1\nseed \xff\n", b"\n"]
)
def test_foreign_files_are_refused_in_words(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.replay"
    path.write_bytes(data)
    result = records.verify_file(path)
    assert result.exit_code == 3 and "error " in result.lines()[0] and "fix: " in result.lines()[0]
    with pytest.raises(BadRecord):
        records.open_replay(path)


def test_a_line_that_cannot_be_read_has_its_number(text: str, tmp_path: Path) -> None:
    row = order_rows(text)[5]
    result = verified(replaced(text, row, "what is this"), tmp_path)
    assert f"game.replay:{row + 1}: error R108" in result.lines()[0]


@pytest.mark.parametrize(
    ("options", "changes"),
    [
        pytest.param([], {"PYTHONHASHSEED": "0"}, marks=pytest.mark.slow),
        pytest.param([], {"PYTHONHASHSEED": "1", "TZ": "Asia/Damascus", "LC_ALL": "C"}, marks=pytest.mark.slow),
        (["-O"], {"PYTHONHASHSEED": "random", "TZ": "Pacific/Auckland"}),
    ],
)  # fmt: skip
def test_r10_other_surroundings(text: str, tmp_path: Path, options: list[str], changes: dict[str, str]) -> None:
    path = tmp_path / "game.replay"
    path.write_text(text, encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from game.records import verify_file\n"
        "result = verify_file(Path(sys.argv[1])); print(*result.lines()); sys.exit(result.exit_code)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **changes}
    command = [sys.executable, *options, "-c", program, str(path)]
    run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr


# --- the header is under the chain ------------------------------------------------------------------------------------


def mended(text: str) -> str:
    """The text with a seal that fits whatever its header says by now."""
    rows = text.split("\n")
    head = {row.partition(" ")[0]: row.partition(" ")[2] for row in rows[1 : rows.index("")]}
    lines = [read_line(rows[number]) for number in order_rows(text)]
    return text.replace(f"seal {head['seal']}", f"seal {seal_of(head, lines)}")


def edited(text: str, key: str, value: str) -> str:
    """The text with a field of its header replaced."""
    row = next(row for row in text.split("\n") if row.startswith(f"{key} "))
    return text.replace(row, f"{key} {value}", 1)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("players", "saa=staff sdf=random isis=random"), ("conceded", "saa"), ("game", "99.9"), ("seal", "0" * 64),
        ("outcome", "last-turn isis saa=0:slower sdf=0:slower isis=900:faster"),
    ],
)  # fmt: skip
def test_an_edited_header_is_found_although_every_order_is_true(
    text: str, tmp_path: Path, key: str, value: str
) -> None:
    result = verified(edited(text, key, value), tmp_path)
    assert result.exit_code == 3 and ("R109" in result.lines()[0] or "R207" in result.lines()[0])
    with pytest.raises(BadRecord, match=r"R109.*seal"):
        records.open_replay(tmp_path / "game.replay")


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("title", "Another war", "R105"), ("players", "saa=staff", "R105"), ("players", "sdf=a saa=b isis=c", "R105"),
        ("players", "saa=random sdf=random isis=", "R105"), ("conceded", "nobody", "R105"), ("game", "a b", "R105"),
        ("conceded", "sdf", "R207"), ("outcome", "-", "R207"), ("outcome", "a miracle", "R105"), ("seal", "x", "R105"),
        ("outcome", "last-turn nobody saa=999:faster sdf=0:slower isis=0:slower", "R207"), ("orders", "999999", "R105"),
    ],
)  # fmt: skip
def test_an_edited_header_with_a_mended_seal(text: str, tmp_path: Path, key: str, value: str, code: str) -> None:
    changed = edited(text, key, value)
    result = verified(mended(changed) if key != "seal" else changed, tmp_path)
    assert result.exit_code == 3 and code in result.lines()[0] and key in result.lines()[0]


def test_giving_up_is_in_the_record_and_scored(game: Session, tmp_path: Path) -> None:
    going_on = replay_text(game)
    assert "\noutcome -\n" in going_on
    game.concede(1)
    text = replay_text(game)
    assert "\nconceded sdf\noutcome conceded " in text and verified(text, tmp_path).exit_code == 0
    for changed in (
        edited(text, "conceded", "-"),
        edited(text, "conceded", "saa"),
        edited(going_on, "conceded", "sdf"),
    ):
        assert "R207" in verified(mended(changed), tmp_path).lines()[0]


def test_a_cut_file_is_looked_at_as_far_as_it_goes_without_a_seal(text: str, tmp_path: Path) -> None:
    lines, rows = text.split("\n"), order_rows(text)
    cut = "\n".join(lines[: rows[9]]) + "\n"
    assert "R201" in verified(cut, tmp_path).lines()[0]
    assert records.open_replay(tmp_path / "game.replay").declared > 0
