"""The page of the lab: its commands are ones, its keys are those of a line, its job files can be read."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import typer
import yaml

from game.cli import commands
from game.cli.simulate import shard_from
from game.sim.history import RELIEFS
from game.sim.holders import read_holders
from game.sim.results import KEYS
from game.sim.rule_numbers import numbers_of
from tests.worlds import world_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "lab.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


def calls() -> list[list[str]]:
    """Every command of the page as words, without ``python3 run_game.py``."""
    text = "\n".join([*blocks("sh"), *blocks("yaml")]).replace("\\\n", " ")
    text = re.sub(r">-\n((?:\s{14,}\S.*\n)+)", lambda found: " ".join(found[1].split()) + "\n", text)
    return [shlex.split(line, comments=True) for line in re.findall(r"python3 run_game\.py (.*)", text)]


def test_every_command_of_the_page_is_one_with_these_options() -> None:
    app = typer.main.get_command(commands.application())
    assert isinstance(app, typer.core.TyperGroup)
    assert {words[0] for words in calls()} == {"simulate", "history", "balance", "compare", "merge"}
    for words in calls():
        command = app.commands[words[0]]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= known, words


def test_rule_numbers_of_the_page_exist() -> None:
    known = dict(numbers_of(world_of("tutorial").raw["rules"]))
    named = set(re.findall(r"\b(?:combat|movement|supply)(?:\.[a-z0-9_]+)+", PAGE))
    assert len(named) >= 4 and named <= set(known)


def test_the_table_of_keys_is_whole() -> None:
    table = PAGE.split("## A line of results")[1].split("## ")[0]
    told = re.findall(
        r"`([a-z_]+)`", "\n".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    )
    assert set(told) == {*KEYS, "front", "habits"}
    assert len(RELIEFS) == 2


def test_the_job_files_can_be_read() -> None:
    (script,) = (one for one in blocks("sh") if "#SBATCH" in one)
    assert subprocess.run(["sh", "-n"], input=script, text=True, capture_output=True).stderr == ""
    (job,) = blocks("yaml")
    spec = yaml.safe_load(job)["spec"]
    assert spec["completionMode"] == "Indexed" and spec["completions"] == 8
    (container,) = spec["template"]["spec"]["containers"]
    surroundings = {one["name"]: one["value"] for one in container["env"]} | {"JOB_COMPLETION_INDEX": "7"}
    assert shard_from("auto", surroundings) == (8, 8)


def test_the_table_of_holders_can_be_read(tmp_path: Path) -> None:
    (text,) = blocks("csv")
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    assert read_holders(tmp_path / "mine.csv", world_of("race_for_deir_ezzor")).dates[1] == "2017-09-15"


@pytest.mark.parametrize(
    ("surroundings", "part"),
    [
        ({"SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_COUNT": "8"}, (5, 8)),
        ({"SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_COUNT": "8"}, (1, 8)),
        ({"PBS_ARRAY_INDEX": "3", "SHARDS": "4"}, (4, 4)),
        ({"SGE_TASK_ID": "2", "SGE_TASK_FIRST": "1", "SGE_TASK_LAST": "4"}, (2, 4)),
        ({"LSB_JOBINDEX": "4", "LSB_JOBINDEX_END": "4"}, (4, 4)),
        ({"JOB_COMPLETION_INDEX": "0", "SHARDS": "4"}, (1, 4)),
    ],
)
def test_batch_systems_tell_their_part(surroundings: dict[str, str], part: tuple[int, int]) -> None:
    assert shard_from("auto", surroundings) == part


@pytest.mark.parametrize(
    ("text", "surroundings", "said"),
    [
        ("auto", {}, "no batch system"),
        ("auto", {"JOB_COMPLETION_INDEX": "3"}, "not of how many parts"),
        ("auto", {"JOB_COMPLETION_INDEX": "4", "SHARDS": "4"}, "not of how many parts"),
        ("0/4", {}, "no part such as"),
        ("5/4", {}, "no part such as"),
        ("1", {}, "no part such as"),
        ("a/b", {}, "no part such as"),
    ],
)
def test_parts_that_are_none_are_refused(text: str, surroundings: dict[str, str], said: str) -> None:
    with pytest.raises(typer.BadParameter, match=said):
        shard_from(text, surroundings)
