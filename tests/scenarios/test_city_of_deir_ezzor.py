"""The city of Deir ez-Zor: its schematic map, the pocket of 17 October, the days that pay, bands that hold history."""

from __future__ import annotations

from datetime import date

import pytest

from game import events as ev
from game.rules import people, scripted, supply
from game.scenario.checker import check_folder
from game.scenario.effects import DoFlee
from game.scenario.shipped import scenario_folder
from game.scenario.world import River
from game.state import Draft
from game.telling import Witness, tell
from game.ui.kit.theme import load_theme
from tests.scenarios.shipped import Shipped

NAME = "city_of_deir_ezzor"
REPORTED = ("Al-Kanamat", "Al-Khassarat", "Badr", "Old Airport", "Al-Hamidiyah", "Sheikh Yassin", "Al-Ardi",
            "Al-Ummal 1", "Al-Ummal 2", "Al-Arfi")  # fmt: skip
"""The districts that the report of 1 November names."""


HERE = Shipped(NAME)
world, start, at, turn_of, row = HERE.world, HERE.start, HERE.at, HERE.turn_of, HERE.row


def river_between(one: int, other: int) -> River:
    return River(world().river[world().grid.side_between(one, other)])


# --- the map ------------------------------------------------------------------------------------------------


def test_the_check_has_nothing_to_say() -> None:
    problems, bugs = check_folder(scenario_folder(NAME))
    assert not problems and not bugs


def test_scale_and_span() -> None:
    assert (world().days_per_turn, world().first_day, world().metres_per_hex) == (1, "2017-10-17", 500)
    assert turn_of("2017-11-03") == world().turns, "the last turn is the day on which the city was declared taken"


def test_the_map_says_that_it_is_schematic() -> None:
    folder = scenario_folder(NAME)
    for name in ("map.yaml", "map.txt", "scenario.yaml"):
        assert "schematic" in (folder / name).read_text(encoding="utf-8").lower(), name


@pytest.mark.parametrize("place", REPORTED)
def test_each_reported_district_is_a_built_up_place_of_its_own(place: str) -> None:
    kinds = tuple(world().rules.terrain.kinds.values())
    assert kinds[world().terrain[at(place)]].built_up
    assert [one.name for one in world().places if one.hex == at(place)] == [place]
    assert start().hexes.control[at(place)] == world().faction("isis")


def test_districts_lie_as_they_do_in_truth() -> None:
    """West to east and north to south along the lines that everybody agrees on."""
    position = world().grid.position
    across = [position(at(name))[0] for name in ("Al-Jura", "Al-Qusour", "Al-Hamidiyah", "Al-Kanamat", "Hawija Saqr")]
    assert across == sorted(across)
    down = [position(at(name))[1] for name in ("Al-Husayniyah", "Hawija Kati", "Al-Hawiqa", "Al-Hamidiyah",
                                               "Al-Ummal 1", "Harabish", "Deir ez-Zor airport")]  # fmt: skip
    assert down == sorted(down)


def test_the_euphrates_parts_the_banks() -> None:
    """Nobody walks from the city to the far bank or to the large islands; the Hawiqa channel can be waded."""
    reached, edge = {at("Al-Qusour")}, [at("Al-Qusour")]
    for here in edge:
        for there in world().grid.near[here]:
            if there not in reached and river_between(here, there) != River.MAJOR:
                reached.add(there)
                edge.append(there)
    banks = {one.name: one.hex in reached for one in world().places}
    for place in ("Al-Husayniyah", "Al-Salihiyah Dayr", "Halabiyah roundabout", "Hawija Saqr", "Hawija Kati"):
        assert not banks[place], place
    for place in (*REPORTED, "Al-Hawiqa", "Deir ez-Zor airport", "Panorama"):
        assert banks[place], place
    waded = {side for side, river in enumerate(world().river) if river == River.MINOR}
    assert any(world().river_names[side] == "Small channel" for side in waded)


def test_the_bridges_are_down() -> None:
    broken = {site.name for site in world().sites if site.state == "blown"}
    assert broken == {"Siyasiyah Bridge", "Suspension Bridge"}
    assert all(world().river[site.side] == River.MAJOR for site in world().sites)


def test_every_kind_of_ground_has_a_colour_of_its_own() -> None:
    ground = load_theme().ground
    used = {tuple(world().rules.terrain.kinds)[number] for number in world().terrain}
    assert used <= set(ground) and {"old_town", "low_houses", "island"} <= used
    assert len({ground[kind] for kind in used}) == len(used)


# --- the morning of 17 October ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "owner"),
    [("Al-Jura", "saa"), ("Al-Qusour", "saa"), ("Al-Rushdiyah", "saa"), ("Al-Jubaylah", "saa"), ("Cemetery", "saa"),
     ("Deir ez-Zor airport", "saa"), ("Al-Husayniyah", "saa"), ("Halabiyah roundabout", "saa"),
     ("Al-Rusafa", "isis"), ("Al-Sina'a", "isis"), ("Al-Ba'ajin", "isis"), ("Al-Hawiqa", "isis"),
     ("Hawija Saqr", "isis"), ("Hawija Kati", "isis")],
)  # fmt: skip
def test_who_holds_what(place: str, owner: str) -> None:
    assert start().hexes.control[at(place)] == world().faction(owner)


def test_everyone_starts_in_supply() -> None:
    owners = world().roster.faction
    cut = [
        world().roster.id[one] for one, here in enumerate(start().units.hex)
        if here >= 0 and not supply.is_connected(start(), owners[one], here)
    ]  # fmt: skip
    assert not cut


def test_the_pocket_is_ringed() -> None:
    """No ISIS ground touches the rim: what it lives on lies inside."""
    isis = world().faction("isis")
    held = [here for here, owner in enumerate(start().hexes.control) if owner == isis]
    assert all(len(world().grid.near[here]) == 6 for here in held)
    assert not [source for source in world().factions[isis].sources if source.hex not in held]


def test_whom_the_streets_are_shut_to_is_cut_off() -> None:
    """The industry district lives on the stores at the old airport: with the streets between taken, it is alone."""
    isis, saa, here = world().faction("isis"), world().faction("saa"), at("Al-Sina'a")
    ring = [one for one in world().grid.disk(here, 2) if one != here and start().hexes.control[one] == isis]
    draft = Draft(start())
    for unit in [one for hex_ in ring for one in draft.units_at(hex_)]:
        draft.emit(ev.UnitDestroyed(unit, draft.units.hex[unit], draft.units.steps[unit], "defence"))
    draft.emit(ev.ControlChanged(saa, tuple(ring), (isis,) * len(ring)))
    assert supply.is_connected(start(), isis, here)
    assert not supply.is_connected(draft, isis, here)


def test_marksmen_lie_hidden() -> None:
    cells = [one for one in world().roster.id if one.startswith("isis-cell")]
    assert len(cells) == 3
    for cell in cells:
        assert start().units.hidden[row(cell)]
        assert not start().intel[world().faction("saa")].level[row(cell)]


def test_fire_on_a_crowded_district_harms_more() -> None:
    places = ("Al-Hamidiyah", "Al-Ardi", "Badr", "Old Airport")
    crowded, full, few, none = (people.expected_harm(start(), at(place), 1) for place in places)
    assert crowded > full > few > none == 0


# --- dates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "day"),
    [("saa-4ad-42", "2017-10-23"), ("saa-tig-taha", "2017-10-27"), ("saa-tig-cheetah", "2017-10-28")],
)
def test_who_comes_when(unit: str, day: str) -> None:
    assert start().units.due[row(unit)] == turn_of(day)


def run_events(day: str, *before: ev.Event) -> Draft:
    """The events of a day's morning, after something was done to the moment of the start."""
    return HERE.run_events(turn_of(day), *before)


def fired(draft: Draft) -> set[str]:
    return {one.id for one in draft.events if isinstance(one, ev.EventFired)}


def taken(*places: str) -> ev.Event:
    """The army takes places, whoever stood there."""
    return ev.ControlChanged(
        world().faction("saa"), tuple(at(place) for place in places), (world().faction("isis"),) * len(places)
    )


def paid(draft: Draft) -> int:
    saa = world().faction("saa")
    return sum(one.tenths for one in draft.events if isinstance(one, ev.PointsScored) and one.faction == saa)


WORKERS, EAST = ("Al-Ummal 1", "Al-Ummal 2", "Al-Arfi"), ("Al-Kanamat", "Al-Khassarat", "Badr", "Old Airport")
OLD_TOWN = ("Al-Hamidiyah", "Sheikh Yassin", "Al-Ardi")


@pytest.mark.parametrize(("places", "day"), [(WORKERS, "2017-10-29"), (EAST, "2017-10-31"), (OLD_TOWN, "2017-11-02")])
def test_a_day_sooner_pays_more_than_the_day_of_history(places: tuple[str, ...], day: str) -> None:
    """Mornings look at the evening before: what was held on the morning of the day was taken sooner."""
    first, last = date.fromisoformat(day).toordinal(), date(2017, 11, 3).toordinal()
    mornings = [date.fromordinal(one).isoformat() for one in range(first, min(first + 3, last) + 1)]
    sums = [paid(run_events(morning, taken(*places))) for morning in mornings]
    assert sums[0] > sums[1] > 0 and all(one in (sums[1], 0) for one in sums[1:])
    assert not paid(run_events(day, taken(*places[:-1]))), "all of them, or nothing"


def test_zahreddine_is_killed_on_the_eighteenth() -> None:
    assert "zahreddine" in fired(run_events("2017-10-18"))
    assert "zahreddine" not in fired(run_events("2017-10-19"))


def test_fighters_get_over_the_water_while_a_bank_is_theirs() -> None:
    open_bank = run_events("2017-10-30", taken("Al-Hamidiyah", "Al-Hawiqa"))
    shut = run_events("2017-10-30", taken("Al-Hamidiyah", "Al-Hawiqa", "Al-Ardi"))
    waiting = run_events("2017-10-30", taken("Al-Hawiqa", "Al-Ardi"))
    assert "over-the-water" in fired(open_bank)
    assert open_bank.units.hex[row("isis-kati")] == at("Hawija Kati")
    assert "over-the-water" not in fired(shut) | fired(waiting)


def test_people_leave_when_an_assault_gathers_in_the_next_street() -> None:
    """Each district with people has its event; it waits for six steps of the army beside it."""
    peopled = {place for place in (*REPORTED, "Al-Ba'ajin", "Al-Hawiqa") if people.expected_harm(start(), at(place), 1)}
    events = {one.id: one for one in world().script.events if one.id.startswith("families-")}
    left = {effect.place for one in events.values() for effect in one.do if isinstance(effect, DoFlee)}
    assert left == peopled
    far, near = events["families-hamidiyah"], Draft(start())
    assert not scripted.may_fire(start(), far)
    street = world().grid.near[at("Al-Hamidiyah")][0]
    for unit, enough in (("saa-104-1", False), ("saa-17d-1", True)):
        near.emit(ev.UnitMoved(row(unit), near.units.hex[row(unit)], (street,), 0))
        assert scripted.may_fire(near, far) is enough, unit


def test_the_log_says_how_many_are_left() -> None:
    draft = Draft(start())
    number = next(number for number, one in enumerate(world().places) if one.name == "Al-Hamidiyah")
    for left in (1, 0):
        draft.emit(ev.WorldChanged("people", (number, left)))
    lines = [line.text for line in tell(Witness(0, start(), draft.finish()), draft.events)]
    assert lines == ["About 1,000 civilians are in Al-Hamidiyah now.", "Almost all civilians left Al-Hamidiyah."]


# --- victory ------------------------------------------------------------------------------------------------

EVENTS = {"saa": 15 + 20 + 30, "isis": 0}
"""What events.yaml would have added: each group of districts on its day."""


def history_tenths(faction: str) -> int:
    """What history's captures would have scored under the scenario's rules, events aside."""
    groups = {prize.id: "Al-Kanamat" for prize in HERE.victory().prizes if not prize.place}
    return HERE.history_tenths(faction, (), groups)


@pytest.mark.parametrize("faction", ["saa", "isis"])
def test_history_itself_is_like_history(faction: str) -> None:
    HERE.assert_in_band(faction, history_tenths(faction) + EVENTS[faction])


# --- a whole game -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_game_of_two_staffs_runs_to_its_end() -> None:
    session = HERE.played_out(3)
    saa = world().faction("saa")
    fallen = [place for place in REPORTED if session.state.hexes.control[at(place)] == saa]
    assert len(fallen) >= 5, fallen
