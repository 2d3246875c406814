"""Scenario packs: read where they lie, made, installed, replaced, removed; and what no fault may break."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from game import engine, records
from game.cli.runner import main
from game.faults import ContentFault, EnvironmentFault, UsageFault
from game.packs.installing import RECORD, install, tidy, uninstall
from game.scenario.installed import installed_folder, installed_scenarios
from game.scenario.loading import canonical
from game.scenario.packs import Pack, belongs
from game.schema import limits
from game.session import Session
from game.workshop import Workshop
from tests.records.disks import FaultyDisk
from tests.zips import BASE, zip_bytes


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Installed scenarios and crash reports of these tests stay in the test's own folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def pack_of(tmp_path: Path, version: str = "1.0", name: str = "war.zip") -> Path:
    """The base scenario as a pack of some version."""
    path = tmp_path / name
    head = {"id: base": f"id: base\nversion: {version}", "title: A small war": f"title: A small war {version}"}
    path.write_bytes(zip_bytes({"base": "base/", "changes": {"scenario.yaml": head}}))
    return path


def outcome(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


# --- reading --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("top", ["", "base/"])
def test_a_pack_says_the_same_as_its_folder(top: str, tmp_path: Path) -> None:
    path = tmp_path / "war.zip"
    path.write_bytes(zip_bytes({"base": top}))
    assert canonical(path) == canonical(BASE)
    assert engine.load_scenario(str(path)).title == "A small war"


def test_errors_in_a_pack_are_told_at_their_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "war.zip"
    path.write_bytes(zip_bytes({"base": "base/", "changes": {"forces/saa.yaml": {"type: mech": "type: mecha"}}}))
    code, said, _ = outcome(capsys, "check", str(path))
    place = f"{path.as_posix()}!base/forces/saa.yaml:6:11"
    assert code == 1
    assert said.splitlines()[:2] == [
        f'{place}: error N102: there is no unit type "mecha". fix: did you mean "mech"?', "    6 |     type: mecha",
    ]  # fmt: skip


def test_every_command_that_takes_a_scenario_takes_a_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, replays = pack_of(tmp_path), tmp_path / "replays"
    assert outcome(capsys, "simulate", str(path), "--record", str(replays))[0] == 0
    assert outcome(capsys, "map", str(path), "-o", str(tmp_path / "map.png"), "--width", "300")[0] == 0
    assert (tmp_path / "map.png").is_file()
    path.unlink()  # a replay carries its scenario
    assert outcome(capsys, "verify", str(next(replays.iterdir())))[0] == 0


def test_a_broken_pack_is_refused_by_every_command_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "war.zip"
    path.write_bytes(zip_bytes({"base": "base/", "add": [{"name": "../evil.py", "text": "x"}]}))
    for words in (["check"], ["simulate"], ["install"]):
        code, out, err = outcome(capsys, *words, str(path))
        assert code == 1, words
        assert f"{path.as_posix()}!../evil.py:1:1: error P104" in out + err
    assert not (tmp_path / "evil.py").exists()
    assert not installed_scenarios()


def test_a_folder_of_packs_is_checked_one_by_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack_of(tmp_path, name="one.zip")
    pack_of(tmp_path, name="two.zip")
    code, said, _ = outcome(capsys, "check", str(tmp_path))
    assert (code, len(said.splitlines())) == (0, 2)


def test_the_size_of_a_pack_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack_of(tmp_path)
    monkeypatch.setattr(limits, "PACK_BYTES", path.stat().st_size)
    assert not Pack(path).broken
    monkeypatch.setattr(limits, "PACK_BYTES", path.stat().st_size - 1)
    assert [problem.code for problem in Pack(path).problems] == ["P102"]


@pytest.mark.parametrize(
    ("limit", "code"),
    [("PACK_UNPACKED", "P103"), ("PACK_ENTRIES", "P103"), ("PACK_PATH", "P108"), ("PACK_DEPTH", "P108")],
)
def test_limits_hold_at_their_value_and_not_below(
    limit: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pack_of(tmp_path)
    files = list(Pack(path)._files.values())
    exact = {
        "PACK_UNPACKED": sum(one.size for one in files),
        "PACK_ENTRIES": len(files),
        "PACK_PATH": max(len(one.name) for one in files),
        "PACK_DEPTH": max(one.name.count("/") for one in files) + 1,
    }[limit]
    monkeypatch.setattr(limits, limit, exact)
    assert not Pack(path).broken
    monkeypatch.setattr(limits, limit, exact - 1)
    assert {problem.code for problem in Pack(path).problems} == {code}


# --- making ---------------------------------------------------------------------------------------------------------


def test_the_same_scenario_gives_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, stamp in enumerate((1_000_000_000, 1_700_000_000)):
        folder = tmp_path / str(number) / "base"
        shutil.copytree(BASE, folder)
        for path in folder.rglob("*"):
            os.utime(path, (stamp, stamp))
            path.chmod(0o755 if number else 0o700)
        assert outcome(capsys, "pack", str(folder), "-o", str(tmp_path / f"{number}.zip"))[0] == 0
    first, second = ((tmp_path / f"{number}.zip").read_bytes() for number in (0, 1))
    assert first == second
    assert canonical(tmp_path / "0.zip") == canonical(BASE)


def test_only_what_belongs_to_a_scenario_is_packed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BASE, folder)
    for name in ("conftest.py", "notes.md", "LICENSE", ".secret"):
        (folder / name).write_text("x", encoding="utf-8")
    code, said, _ = outcome(capsys, "pack", str(folder), "-o", str(tmp_path / "war.zip"))
    assert code == 0
    assert "left out, as no part of a scenario: conftest.py" in said
    assert {"notes.md", "LICENSE"} <= set(Pack(tmp_path / "war.zip").names())
    assert not Pack(tmp_path / "war.zip").problems


def test_a_faulty_scenario_is_not_packed_and_no_file_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BASE, folder)
    (folder / "map.txt").unlink()
    code, _, said = outcome(capsys, "pack", str(folder), "-o", str(tmp_path / "war.zip"))
    assert (code, "error F101" in said, (tmp_path / "war.zip").exists()) == (1, True, False)
    (tmp_path / "war.zip").write_text("mine", encoding="utf-8")
    assert outcome(capsys, "pack", str(BASE), "-o", str(tmp_path / "war.zip"))[0] == 2
    assert (tmp_path / "war.zip").read_text(encoding="utf-8") == "mine"


def test_names_that_belong() -> None:
    good = ("map.yaml", "map.txt", "map_corrections.yaml", "forces/saa.yaml", "cover.png", "pictures/a.png", "a.md")
    bad = ("map.py", "forces/a/b.yaml", "a.yaml", "a/b/c.png", "../map.yaml", "forces/saa.yml", "cover.jpg", "a.ttf")
    assert [name for name in good if not belongs(name)] == []
    assert [name for name in bad if belongs(name)] == []


# --- installing -----------------------------------------------------------------------------------------------------


def test_an_installed_scenario_is_known_by_its_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = outcome(capsys, "install", str(pack_of(tmp_path)))
    assert code == 0
    assert "installed base, version 1.0: A small war 1.0" in said
    assert engine.load_scenario("base").title == "A small war 1.0"
    for command in ("simulate", "check"):
        assert outcome(capsys, command, "base")[0] == 0
    code, said, _ = outcome(capsys, "uninstall", "base")
    assert (code, installed_scenarios()) == (0, [])
    assert outcome(capsys, "simulate", "base")[0] == 2


def test_an_id_with_a_dot_is_a_name_like_any_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "war.zip"
    path.write_bytes(zip_bytes({"base": "", "changes": {"scenario.yaml": {"id: base": "id: my.war"}}}))
    assert outcome(capsys, "install", str(path))[0] == 0
    assert outcome(capsys, "uninstall", "my")[0] == 2
    assert outcome(capsys, "uninstall", "my.war")[0] == 0


def test_a_newer_version_takes_the_place_of_the_old_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome(capsys, "install", str(pack_of(tmp_path)))
    code, said, _ = outcome(capsys, "install", str(pack_of(tmp_path, "2.0")))
    assert code == 0
    assert "installed base, version 2.0, in place of version 1.0" in said
    assert [path.name for path in installed_folder().iterdir() if path.is_dir()] == ["base"]
    assert engine.load_scenario("base").title == "A small war 2.0"


def test_what_was_changed_by_hand_is_not_lost_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome(capsys, "install", str(pack_of(tmp_path)))
    mine = installed_folder() / "base" / "map.txt"
    mine.write_text(mine.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    for words in (["install", str(pack_of(tmp_path, "2.0"))], ["uninstall", "base"]):
        code, _, said = outcome(capsys, *words)
        assert code == 2
        assert "has been changed since it was installed (map.txt)" in said
        assert "# mine" in mine.read_text(encoding="utf-8")
    assert outcome(capsys, "install", str(tmp_path / "war.zip"), "--force")[0] == 0
    assert "# mine" not in mine.read_text(encoding="utf-8")
    assert outcome(capsys, "uninstall", "base")[0] == 0


def test_a_folder_that_nobody_installed_is_the_players_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(BASE, installed_folder() / "base")
    assert outcome(capsys, "install", str(pack_of(tmp_path)))[0] == 2
    assert not (installed_folder() / "base" / RECORD).exists()


@pytest.mark.parametrize("name", ["tutorial", "nonesuch", "../base", ""])
def test_only_installed_scenarios_can_be_removed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "uninstall", name)[0] == 2


@pytest.mark.slow
def test_p19_whatever_fails_the_old_version_stays_whole(tmp_path: Path) -> None:
    old = engine.load_scenario(install(pack_of(tmp_path)).folder).digest
    newer = pack_of(tmp_path, "2.0", "newer.zip")
    whole = FaultyDisk()
    assert install(newer, disk=whole).replaced == "version 1.0"
    install(tmp_path / "war.zip")
    total = len(whole.calls)
    for call in (*range(1, total - 2, 17), total - 2, total - 1):
        disk = FaultyDisk(call, errno.ENOSPC, lasting=call % 2 == 0)
        with pytest.raises(EnvironmentFault, match="The old version stays"):
            install(newer, disk=disk)
        assert engine.load_scenario("base").digest == old, disk.calls
        assert sorted(path.name for path in installed_folder().iterdir()) == [".in-use", "base"]
    install(newer, disk=FaultyDisk(total, errno.EIO))  # the disk does not confirm the last rename: both are kept
    assert engine.load_scenario("base").title == "A small war 2.0"
    assert len(list(installed_folder().glob(".base.*.old"))) == 1
    tidy()
    assert sorted(path.name for path in installed_folder().iterdir()) == [".in-use", "base"]


def test_an_installation_cut_off_between_two_renames_is_mended(tmp_path: Path) -> None:
    folder = install(pack_of(tmp_path)).folder
    folder.rename(folder.with_name(".base.4711.1.old"))
    shutil.copytree(folder.with_name(".base.4711.1.old"), folder.with_name(".base.4711.2.new"))
    assert installed_scenarios() == []
    tidy()
    assert installed_scenarios() == [folder]
    assert engine.load_scenario("base").title == "A small war 1.0"
    assert sorted(path.name for path in folder.parent.iterdir()) == [".in-use", "base"]


def test_p20_a_save_outlives_its_pack(tmp_path: Path) -> None:
    install(pack_of(tmp_path))
    session = Session(engine.load_scenario("base"), 7)
    path = tmp_path / "game.records"
    records.save_game(session, path)
    uninstall("base")
    (tmp_path / "war.zip").unlink()
    assert records.verify_file(path).exit_code == 0


def test_the_record_of_an_installation_may_be_nonsense(tmp_path: Path) -> None:
    folder = install(pack_of(tmp_path)).folder
    for text in ("", "[]", '{"files": 3}', "[" * 100_000, json.dumps({"version": ["x"], "files": {}})):
        (folder / RECORD).write_text(text, encoding="utf-8")
        install(tmp_path / "war.zip", force=True)


def test_the_list_of_scenarios_shows_installed_and_broken_ones(tmp_path: Path) -> None:
    from game.ui.kit.theme import load_theme
    from game.ui.library import Library

    install(pack_of(tmp_path))
    pack = pack_of(tmp_path)
    (installed_folder() / "cut.zip").write_bytes(pack.read_bytes()[:-40])
    shutil.copytree(BASE, installed_folder() / "faulty")
    (installed_folder() / "faulty" / "map.txt").unlink()
    (installed_folder() / "empty").mkdir()
    library = Library(load_theme())
    own = {entry.name: entry for entry in library.entries if entry.folder.parent == installed_folder()}
    for entry in own.values():
        library.wait(entry)
    assert own["base"].title == "A small war 1.0"
    assert {name: entry.errors.partition("error ")[2][:4] for name, entry in own.items() if entry.errors} == {
        "cut": "P101", "faulty": "F101", "empty": "",
    }  # fmt: skip
    assert "holds no scenario.yaml" in own["empty"].errors


def test_of_a_pack_a_copy_is_edited_of_its_installation_the_folder(tmp_path: Path) -> None:
    path = pack_of(tmp_path)
    workshop, before = Workshop.open(path), path.read_bytes()
    with pytest.raises(UsageFault, match="a pack stays as it is"):
        workshop.save()
    workshop.save_as(tmp_path / "base")
    assert path.read_bytes() == before
    assert canonical(tmp_path / "base") == canonical(path)
    path.write_bytes(before[:-30])
    with pytest.raises(ContentFault, match="P101"):
        Workshop.open(path)
    path.write_bytes(before)
    install(path)
    assert Workshop.open("base").folder == installed_folder() / "base"


def test_zips_of_other_programs_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(shutil.make_archive(str(tmp_path / "war"), "zip", BASE.parent, "base"))
    assert outcome(capsys, "check", str(path))[:2] == (0, f"{path.as_posix()}: no errors, no warnings\n")
    with ZipFile(tmp_path / "streamed.zip", "w") as archive:
        for file in sorted(BASE.rglob("*.*")):
            with archive.open(file.relative_to(BASE).as_posix(), "w") as member:
                member.write(file.read_bytes())
    assert canonical(tmp_path / "streamed.zip") == canonical(BASE)


def test_only_files_that_are_called_packs_are_looked_for_in_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack_of(tmp_path, name="letter.docx")
    assert "error F106" in outcome(capsys, "check", str(tmp_path))[1]
    assert outcome(capsys, "check", str(tmp_path / "letter.docx"))[0] == 0
