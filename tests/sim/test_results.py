"""Files of results: rule numbers as a grid, shards and resumed batches equal to whole ones, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.faults import RecordFault, UsageFault
from game.scenario.world import World
from game.sim.batch import Batch, Shard, json_line, play_batch
from game.sim.results import read_results, resume, run_merge
from game.sim.rule_numbers import grid, numbers_of, with_rules
from tests.war import small_war

EVERYBODY = {"saa": "random:stop=20", "sdf": "random:stop=20", "isis": "random:stop=20"}
SET = ("combat.shifts.engineers=0,2", "movement.stretched_percent=50")


@pytest.fixture(scope="module")
def war() -> World:
    return small_war(turns=2)


@pytest.fixture(scope="module")
def batch() -> Batch:
    return Batch(7, 3, EVERYBODY, variants=tuple(grid(SET)))


@pytest.fixture(scope="module")
def lines(war: World, batch: Batch) -> list[str]:
    return [json_line(record) for record in play_batch(war, batch, 1)]


def written(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(lines), encoding="utf-8")
    return path


# --- rule numbers -----------------------------------------------------------------------------------------------


def test_several_values_make_a_grid() -> None:
    assert grid([]) == [{}]
    assert grid(SET) == [
        {"combat.shifts.engineers": 0, "movement.stretched_percent": 50},
        {"combat.shifts.engineers": 2, "movement.stretched_percent": 50},
    ]


def test_the_rules_of_a_variant_are_in_force_and_in_its_digest(war: World) -> None:
    changed = with_rules(war, {"combat.shifts.engineers": 2, "combat.bombard_columns.0": 5})
    assert changed.rules.combat.shifts.engineers == 2 and changed.rules.combat.bombard_columns[0] == 5
    assert changed.digest != war.digest and war.rules.combat.bombard_columns[0] != 5
    assert with_rules(war, {}) is war


@pytest.mark.slow
def test_every_number_of_the_rules_can_be_set_to_itself(war: World) -> None:
    numbers = dict(numbers_of(war.raw["rules"]))
    assert len(numbers) > 300
    assert with_rules(war, numbers).digest == war.digest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("combat.shift.engineers=1", 'no number "combat.shift.engineers".*combat.shifts.engineers'),
        ("combat.shifts.engineers=1000", "outside -6 to 6"),
        ("combat.shifts.engineers=yes", "not a value like"),
        ("combat.shifts.engineers", "sets no rule number"),
        ("combat.shifts.engineers=", "sets no rule number"),
        ("combat.shifts.engineers=1,1", "a value twice"),
        ("combat=1", "no number"),
    ],
)
def test_what_the_rules_refuse_is_said(war: World, text: str, said: str) -> None:
    with pytest.raises(UsageFault, match=said):
        for one in grid([text]):
            with_rules(war, one)


def test_a_number_set_twice_is_refused() -> None:
    with pytest.raises(UsageFault, match="set twice"):
        grid(["a.b=1", "a.b=2"])


# --- shards and resumed batches ---------------------------------------------------------------------------------


def test_variants_play_the_same_seeds(lines: list[str]) -> None:
    games = [json.loads(line) for line in lines]
    assert [(one["variant"], one["game"]) for one in games] == [(v, g) for v in (1, 2) for g in (1, 2, 3)]
    assert [one["seed"] for one in games[:3]] == [one["seed"] for one in games[3:]]
    assert games[0]["set"] == {"combat.shifts.engineers": 0, "movement.stretched_percent": 50}
    assert games[0]["scenario_digest"] == games[5]["scenario_digest"], "of the scenario, not of the variant"


@pytest.mark.parametrize("parts", [1, 2, 4])
def test_shards_merge_into_the_whole(
    war: World, batch: Batch, lines: list[str], tmp_path: Path, parts: int, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for number in range(parts, 0, -1):
        part = Batch(7, 3, EVERYBODY, variants=batch.variants, shard=Shard(number, parts))
        files.append(written(tmp_path / f"{number}.jsonl", [json_line(one) for one in play_batch(war, part, 1)]))
    assert run_merge(files, tmp_path / "whole.jsonl") == 0
    assert (tmp_path / "whole.jsonl").read_text(encoding="utf-8") == "".join(lines)


@pytest.mark.parametrize("kept", [0, 1, 5, 6])
def test_a_batch_goes_on_where_it_was_killed(
    war: World, batch: Batch, lines: list[str], tmp_path: Path, kept: int
) -> None:
    torn = lines[kept][:50] if kept < len(lines) else ""
    path = written(tmp_path / "games.jsonl", [*lines[:kept], torn])
    assert resume(path, war, batch) == kept
    assert path.read_text(encoding="utf-8") == "".join(lines[:kept]), "the torn line is gone"
    rest = [json_line(one) for one in play_batch(war, batch, 1, kept)]
    assert lines[:kept] + rest == lines


def test_only_the_same_batch_goes_on(war: World, batch: Batch, lines: list[str], tmp_path: Path) -> None:
    path = written(tmp_path / "games.jsonl", lines)
    others = [
        (Batch(8, 3, EVERYBODY, variants=batch.variants), war, "another seed"),
        (Batch(7, 3, {**EVERYBODY, "saa": "hold"}, variants=batch.variants), war, "another players"),
        (Batch(7, 3, EVERYBODY), war, "another set"),
        (Batch(7, 2, EVERYBODY, variants=batch.variants), war, "another variant"),
        (batch, small_war(turns=3), "another scenario_digest"),
        (Batch(7, 3, EVERYBODY, variants=batch.variants, shard=Shard(1, 2)), war, "another game"),
    ]
    for other, world, said in others:
        with pytest.raises(UsageFault, match=said):
            resume(path, world, other)
    fewer = Batch(7, 2, EVERYBODY, variants=batch.variants[:1])
    with pytest.raises(UsageFault, match=":3: the batch has 2 games only"):
        resume(path, war, fewer)
    assert path.read_text(encoding="utf-8") == "".join(lines), "nothing was lost"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", ":2: this is no whole line of JSON"),
        ("[" * 100_000, ":2: this is no whole line of JSON"),
        ("[]\n", ":2: a line must be one JSON object"),
        ("{}\n", ':2: "scenario" is missing'),
    ],
)
def test_damaged_files_are_told_at_their_line(lines: list[str], tmp_path: Path, line: str, said: str) -> None:
    path = written(tmp_path / "games.jsonl", [lines[0], line])
    with pytest.raises(RecordFault, match=said):
        read_results([path])


def test_shards_of_different_batches_do_not_merge(lines: list[str], tmp_path: Path) -> None:
    changed = json.dumps({**json.loads(lines[0]), "turns": 99}) + "\n"
    a, b = written(tmp_path / "a", [lines[0]]), written(tmp_path / "b", [changed])
    with pytest.raises(RecordFault, match=r"game 1 of variant 1 is told otherwise in .*a:1"):
        read_results([a, b])
    assert len(read_results([a, a])) == 1
    with pytest.raises(RecordFault, match="no game is in it"):
        read_results([written(tmp_path / "c", [])])
