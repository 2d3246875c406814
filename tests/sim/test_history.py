"""``history``: a game's diary, agreement with holders on dates, dated events and their order, tables of others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from game.faults import ContentFault, UsageFault
from game.scenario.build import world_from
from game.scenario.world import World
from game.shipped import shipped
from game.sim.batch import Batch, json_line, play_batch
from game.sim.command import Wish
from game.sim.game import seats
from game.sim.history import Diary, agreement, agreements, diaries_of, kendall, places, when
from game.sim.history_report import findings, tables
from game.sim.holders import CONTESTED, Holders, holders_in, read_holders, told_of
from game.sim.observers import lengthened, shortened
from game.sim.reports import run_history
from tests.situation import situation, unit
from tests.worlds import world_of


@pytest.fixture(scope="module")
def world() -> World:
    return world_of("jazeera_storm")


@pytest.fixture(scope="module")
def records(world: World) -> list[dict[str, Any]]:
    batch = Batch(3, 2, seats(world, {"all": "greedy"}), front=True)
    return [json.loads(json_line(one)) for one in play_batch(world, batch, 1)]


def story(world: World, captures: list[tuple[str, str, str]] | None = None, **more: Any) -> dict[str, Any]:
    """A made-up game: everybody holds what the scenario gives, but for these captures (date, place, faction)."""
    ids = [faction.id for faction in world.factions]
    start = {place.name: ids[h] if (h := world.control[place.hex]) >= 0 else None for place in world.places}
    rows = [{"date": day, "place": place, "from": start[place], "to": to} for day, place, to in captures or ()]
    return {"scenario": world.id, "start": start, "captures": rows, "milestones": [], "ladder": 0, **more}


def test_a_diary_tells_who_held_a_place_on_a_day(world: World) -> None:
    diary = Diary(story(world, [("2017-09-14", "Suwar", "sdf"), ("2017-09-20", "Suwar", "isis")]), world)
    days = ("2017-09-13", "2017-09-14", "2017-09-19", "2017-09-20", "2017-12-01")
    assert [diary.holder("Suwar", day) for day in days] == ["isis", "sdf", "sdf", "isis", "isis"]
    assert diary.first("Suwar", "sdf") == "2017-09-14" and diary.first("Suwar", "isis") == ""
    assert diary.first("Suwar", "saa") is None and diary.hands("Suwar") == 2


def test_the_relief_of_a_place_that_was_held_all_along_is_its_event(world: World) -> None:
    held = next(place for place in world.places if world.control[place.hex] == world.faction("sdf"))
    stone = {"date": "2017-09-20", "name": "siege_broken", "faction": "sdf", "place": held.name}
    assert when(Diary(story(world, milestones=[stone]), world), held.name, "sdf") == "2017-09-20"
    assert when(Diary(story(world), world), held.name, "sdf") is None
    other = {**stone, "faction": "saa"}
    assert when(Diary(story(world, milestones=[other]), world), held.name, "sdf") is None


def test_contested_places_count_half() -> None:
    assert agreement("saa", "saa") == 1 and agreement("saa", "sdf") == 0 and agreement(None, "sdf") == 0
    assert agreement("saa", CONTESTED) == agreement(None, CONTESTED) == 0.5


def test_changed_and_unchanged_places_are_counted_apart(world: World) -> None:
    holders = Holders(
        ("2017-09-09", "2017-09-29"),
        {"Suwar": ("isis", "sdf"), "Markadah": ("isis", "isis"), "Shaddadi": ("sdf", "sdf")},
        (),
    )
    taken = Diary(story(world, [("2017-09-20", "Suwar", "sdf"), ("2017-09-20", "Markadah", "sdf")]), world)
    idle = Diary(story(world), world)
    (one,) = agreements(world, holders, [taken, idle])
    assert (one.day, one.changed, one.unchanged, one.still) == ("2017-09-29", 1, 2, 0)
    assert one.changed_agree is not None and one.changed_agree.value == 0.5
    assert one.unchanged_agree is not None and one.unchanged_agree.value == 0.75
    (suwar, *_) = places(world, holders, [taken, idle])
    assert suwar.ends["sdf"].value == 0.5 and suwar.firsts["sdf"] == (6,) and suwar.hands == 0.5


def test_kendall_allows_for_ties() -> None:
    assert kendall([("a", "1"), ("b", "1")]) is None, "one side never differs"
    found = kendall([("a", "1"), ("b", "1"), ("c", "2")])
    assert found is not None and found == pytest.approx(2 / (2 * 3) ** 0.5)


def test_holders_of_all_hexes_are_shortened_without_loss() -> None:
    control = [-1] * 12 + [0, 0, 1] + [3] * 30 + [-1]
    assert shortened(control) == ".12a2bd30." and lengthened(shortened(control)) == control


def test_a_record_tells_the_front_turn_by_turn(world: World, records: list[dict[str, Any]]) -> None:
    for one in records:
        assert len(one["front"]) == one["turns"]
        assert all(len(lengthened(row)) == world.grid.size for row in one["front"])
        last = lengthened(one["front"][-1])
        diary = Diary(one, world)
        for place in world.places:
            holder = diary.holder(place.name, "2018-01-01")
            assert last[place.hex] == (world.faction(holder) if holder else -1)


def test_the_report_of_a_batch(world: World, records: list[dict[str, Any]]) -> None:
    table = read_holders(Path("assets/history/control.csv"), world)
    text = "\n".join(tables(findings(world, table, records)))
    assert "2 games beside history" in text and "15 Sep 2017" in text and "Suwar, sdf" in text
    assert "Bukamal" in text.split("not on the map:")[1].splitlines()[0]


def test_a_table_of_others_is_taken_instead(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "\ufeffplace,2017-09-09,2017-09-29,note\nSuwar,ISIS,CJTF,ours\nAtlantis,SDF,SDF,\n", encoding="utf-8"
    )
    table = read_holders(path, world)
    assert table.held == {"Suwar": ("isis", "sdf")} and table.missing == ("Atlantis",)
    games = tmp_path / "games.jsonl"
    wish = Wish(1, 5, 1, {"all": "hold"}, games, front=True)
    assert run_history("jazeera_storm", wish, against=path) == 0
    assert "of  1" in capsys.readouterr().out
    assert run_history("jazeera_storm", wish, files=[games], against=path) == 0, "the games of the file again"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1: the first line must be"),
        ("town,2017-09-09\n", ":1: the first line must be"),
        ("place,9 Sep\n", ':1: "9 Sep" is no date'),
        ("place,2017-10-01,2017-09-01\nSuwar,ISIS,SDF\n", ":1: the dates do not rise"),
        ("place,2017-09-09\nSuwar,ISIS\nSuwar,SDF\n", ':3: "Suwar" stands twice'),
        ("place,2017-09-09,2017-09-29\nSuwar,ISIS\n", ":2: 2 cells, but 3 columns"),
        ("place,2017-09-09\nSuwar,NATO\n", ':2: "NATO" is no side of this scenario'),
        ("place,2017-09-09\nAtlantis,SDF\n", ":1: no place of it is on the map"),
        ('place,2017-09-09\nSuwar,"SDF\n', ":2: it is no table: unexpected end of data"),
        (f"place,2017-09-09\nSuwar,{'S' * 200_000}\n", ":2: it is no table: field larger"),
    ],
)
def test_tables_that_cannot_be_used_are_told_at_their_line(world: World, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentFault, match=said):
        read_holders(path, world)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no file without an end")
def test_a_file_without_an_end_is_no_table(world: World) -> None:
    with pytest.raises(ContentFault, match="/dev/zero"):
        read_holders(Path("/dev/zero"), world)


def test_another_war_is_set_beside_its_own_history(tmp_path: Path) -> None:
    units = [unit("a", "Zx.1", "0101"), unit("b", "c-3", "0302")]
    places = [{"name": "Here", "hex": "0101"}, {"name": "There", "hex": "0302"}]
    held = [{"faction": "Zx.1", "hexes": ["0101"]}, {"faction": "c-3", "hexes": ["0302"]}]
    war = situation(". . .\n. . .", units=units, factions=("Zx.1", "c-3"), places=places, control=held)
    captures = [{"date": "2017-09-12", "place": "There", "by": "Zx.1"}]
    war = world_from({**war.raw, "history": {"format": 1, "captures": captures}})
    assert not told_of(shipped("assets", "history", "control.csv"), war)
    table = holders_in(war)
    assert table == Holders((war.first_day, "2017-09-12"), {"There": ("c-3", "Zx.1")}, ())
    path = tmp_path / "mine.csv"
    path.write_text("place,2017-09-09\nThere,ZX.1\n", encoding="utf-8")
    assert read_holders(path, war).held == {"There": ("Zx.1",)}, "sides may be written in other capitals"


def test_a_table_in_another_encoding_is_told(world: World, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes("place,2017-09-09\nSuwar,ISIS\nDün,SDF\n".encode("latin-1"))
    with pytest.raises(ContentFault, match=":3: it is not UTF-8"):
        read_holders(path, world)


def test_games_of_another_scenario_are_refused(world: World, records: list[dict[str, Any]]) -> None:
    with pytest.raises(UsageFault, match="is of tutorial"):
        diaries_of(world, [{**records[0], "scenario": "tutorial"}])


def test_the_page_stands_alone(world: World, records: list[dict[str, Any]]) -> None:
    pytest.importorskip("matplotlib")
    from game.sim.history_page import history_page

    table = read_holders(Path("assets/history/control.csv"), world)
    page = history_page(findings(world, table, records))
    assert page == history_page(findings(world, table, records)), "the same games give the same bytes"
    assert "<script src" not in page and "<link" not in page and "@import" not in page
    data = json.loads(page.split('type="application/json">')[1].split("</script>")[0])
    assert len(data["held"]) == len(data["real"]) == world.turns
    assert all(len(row) == world.grid.size for row in (*data["held"], *data["share"], *data["real"]))
    assert page.count("<svg") == 1 and "Suwar (sdf)" in page
