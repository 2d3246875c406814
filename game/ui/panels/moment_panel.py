"""The ledger of a recorded game at one moment: points of each side, and who holds what against history that day."""

from __future__ import annotations

from game.rules import victory
from game.scenario import annals
from game.scenario.calendar import spoken
from game.state.tables import State
from game.ui.panels.acts import LookAt
from game.ui.panels.flow import Flow
from game.ui.worldview import present_day
from game.words import count, say, tenths

LISTED = 8
"""Places named at the most that history sees in other hands."""


def add_moment(flow: Flow, state: State, faction: int, truth: State | None = None) -> None:
    """Points; the places that are held as in history, and those that are not, the greatest first.

    The points of one's own side, and where all is seen those of every side by the ``truth``.
    """
    world, colours = state.world, flow.desk.theme.interface
    flow.heading(say("At this moment"))
    for number in world.sequence if truth is not None else (faction,):
        ledger = victory.score(truth or state, number)
        terms = "\n".join(f"{tenths(term.value, sign=True)}  {term.words}" for term in ledger.terms)
        ink = colours.text if number == faction else colours.text_dim
        flow.line(world.factions[number].name, 12, colour=ink, right=tenths(ledger.total), tip=terms)
    day = present_day(state)
    then = {here: who for here, who in annals.held_on(world, day).items() if here in world.place_at}
    if not then:
        return
    flow.gap(6)
    flow.heading(say("History on {day}", day=spoken(day)))
    other = [here for here, who in then.items() if who != state.hexes.control[here]]
    same = len(then) - len(other)
    flow.prose(
        count(len(then), "{same} of {n} place is held as it was then. Y shows them on the map.",
              "{same} of {n} places are held as they were then. Y shows them on the map.", same=same),
        12, colours.text_dim,
    )  # fmt: skip
    places = world.places
    other.sort(key=lambda here: (-places[world.place_at[here]].size, places[world.place_at[here]].name))
    for here in other[:LISTED]:
        now = state.hexes.control[here]
        holder = world.factions[now].adjective if now >= 0 else say("nobody")
        was = world.factions[then[here]].adjective if then[here] >= 0 else say("nobody")
        tip = say("{holder} here, {was} in history. Click to show it.", holder=holder, was=was)
        flow.line(places[world.place_at[here]].name, 12, right=say("{holder}, not {was}", holder=holder, was=was),
                  act=LookAt(here), tip=tip)  # fmt: skip
    if len(other) > LISTED:
        flow.line(say("and {n} more", n=len(other) - LISTED), 12, colour=colours.text_dim)
