"""The unit in hand and its stack: can it fight, why not, and what it has done, in words."""

from __future__ import annotations

import pygame

from game import engine
from game.rules import movement, zones
from game.rules.ground import quarters
from game.rules.shifts import is_contact
from game.state.codes import Spent
from game.state.tables import State
from game.ui.kit.fonts import BODY, NARROW, STRONG, Fonts
from game.ui.kit.lettering import wrapped
from game.ui.kit.theme import Colour
from game.ui.panels.acts import LookAt, PanelAct, TakeFormation, TakeUnit
from game.ui.panels.flow import Flow
from game.ui.panels.portraits import Portraits
from game.ui.panels.terms import movement_terms, step_terms, steps_words
from game.ui.scene import Desk
from game.ui.selection import Selection
from game.ui.worldview import QUALITIES, age, face, supply_word
from game.words import count, say, sentence

TRAITS = {
    "engineer": "engineers",
    "artillery": "artillery",
    "armour": "armour",
    "recon": "reconnaissance",
    "special": "special forces",
    "hq": "headquarters",
    "irregular": "irregulars",
    "air-defence": "air defence",
    "garrison": say("garrison: has stores of its own"),
    "raider": say("raiders: can infiltrate"),
    "cell": "hidden cell",
    "foot-assault": "assault on foot",
    "mechanised": "mechanised",
    "adviser": "advisers of a great power",
    "fortified": "fortified",
    "tunnels": "tunnels",
    "boats": "boats",
}


def add_unit(flow: Flow, portraits: Portraits, state: State, faction: int, selection: Selection) -> None:
    """The chosen unit, and those that share its hex."""
    row = state.world.row.get(selection.unit, -1)
    if row < 0 or state.units.hex[row] < 0:
        return
    add_card(flow, portraits, state, faction, row)
    _add_state(flow, state, faction, row)
    others = [other for other in state.units_at(state.units.hex[row]) if other != row]
    if others:
        flow.gap(3)
        flow.line(say("In the same hex"), 12, colour=flow.desk.theme.interface.text_dim)
        for other in others:
            add_row(flow, portraits, state, faction, other)


def add_card(flow: Flow, portraits: Portraits, state: State, faction: int, row: int) -> None:
    """Counter, name, kind and numbers of a unit."""
    desk, roster, colours = flow.desk, state.world.roster, flow.desk.theme.interface
    picture = portraits.picture(face(state, faction, row), desk.px(44))
    name, kind = roster.name[row], _kind(state, row)
    room = flow.room - desk.px(52)
    names = wrapped(desk.fonts, name, STRONG, desk.px(14), room)
    under = wrapped(desk.fonts, ", ".join(part for part in (kind, roster.formation[row]) if part), NARROW, desk.px(12),
                    room)  # fmt: skip

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        screen.blit(picture, box.topleft)
        x, top = box.x + desk.px(52), box.y - desk.px(2)
        for line in names:
            screen.blit(desk.fonts.text(line, STRONG, desk.px(14), colours.text), (x, top))
            top += desk.px(17)
        for line in under:
            screen.blit(desk.fonts.text(line, NARROW, desk.px(12), colours.text_dim), (x, top))
            top += desk.px(15)

    tip, act = roster.note[row], None
    if roster.faction[row] == faction and roster.formation[row]:
        act = TakeFormation(roster.id[row])
        whole = say("Click, or press F, to select all of {formation}.", formation=roster.formation[row])
        tip = f"{tip}\n{whole}" if tip else whole
    flow.block(max(50, 17 * len(names) + 15 * len(under) + 4), paint, act, tip)


def _kind(state: State, row: int) -> str:
    found = state.world.rules.units.types.get(state.world.roster.type[row])
    return found.name if found is not None else "contact"


def _add_contact(flow: Flow, state: State, faction: int, row: int) -> None:
    """All that is known of what is not identified: its size, and when it was seen; the rest is unknown, not nothing."""
    size = state.world.rules.units.contacts[zones.size_class(state, faction, row)]
    if size.low == size.high:
        steps = count(size.high, "{n} step", "{n} steps")
    else:
        steps = say("{low} to {high} steps", low=size.low, high=size.high)
    flow.line(steps, 12, right=say("quality unknown"))
    seen = age(state, faction, row)
    flow.line(_seen(seen), 12, right=say("supply unknown"))


def _add_state(flow: Flow, state: State, faction: int, row: int) -> None:
    desk, units, roster = flow.desk, state.units, state.world.roster
    if is_contact(state, row):
        _add_contact(flow, state, faction, row)
        return
    steps = steps_words(units.steps[row], roster.steps[row])
    if units.disrupted[row]:
        steps = say("{steps}, {n} disrupted", steps=steps, n=units.disrupted[row])
    flow.line(steps, 12, right=say("quality {grade}", grade=QUALITIES[roster.quality[row]]),
              tip=step_terms(state, row))  # fmt: skip
    if state.world.friends(faction, roster.faction[row]):
        moves = (
            say("{left} of {full} MP left", left=quarters(units.mp[row]), full=quarters(movement.allowance(state, row)))
            if roster.faction[row] == faction
            else ""
        )
        tip = movement_terms(state, row) if moves else ""
        flow.line(moves or state.world.factions[roster.faction[row]].name, 12, right=_dug(state, row), tip=tip)
        _add_supply(flow, state, row)
        flow.line(done_words(state, row), 12, colour=_done_colour(flow, state, row))
    else:
        seen = age(state, faction, row)
        flow.line(_seen(seen), 12, right=_dug(state, row))
        word = supply_word(state, row)
        was = {"supplied": say("in full supply"), "stretched": say("stretched")}.get(word, say("cut off"))
        flow.prose(
            sentence(say("{state} when last seen", state=was)), 12, supply_colour(flow, word), mark=supply_mark(word),
            mark_colour=getattr(desk.theme.marks, word),
        )  # fmt: skip
    traits = [TRAITS.get(trait, trait) for trait in sorted(roster.traits[row])]
    if roster.sector[row]:
        sector = roster.sector[row]
        traits.append(say("home sector {name}", name=state.world.sector_names.get(sector, sector)))
    if traits:
        flow.prose(", ".join(traits), 12, desk.theme.interface.text_dim)


def _dug(state: State, row: int) -> str:
    return say("entrenched, level {level}", level=state.units.dug[row]) if state.units.dug[row] else ""


def _seen(ago: int) -> str:
    return count(ago, "last seen {n} turn ago", "last seen {n} turns ago", none=say("seen this turn"))


def _add_supply(flow: Flow, state: State, row: int) -> None:
    found = engine.supply_level(state, state.world.roster.id[row])
    why = found.why
    act = LookAt(found.broken) if found.broken >= 0 else None
    tip = say("Click to show where supply is cut.") if act else ""
    word = supply_word(state, row)
    flow.prose(
        sentence(why),
        12,
        supply_colour(flow, word),
        act=act,
        tip=tip,
        mark=supply_mark(word),
        mark_colour=getattr(flow.desk.theme.marks, word),
    )


def supply_mark(word: str) -> str:
    """A shape for a state of supply, so that colour never stands alone."""
    return {"supplied": "disc", "stretched": "triangle", "cut": "square", "cut_long": "cross"}[word]


def supply_colour(flow: Flow, word: str) -> Colour:
    """A readable ink for a state of supply on a panel."""
    marks, text = flow.desk.theme.marks, flow.desk.theme.interface.text
    return {
        "supplied": text,
        "stretched": marks.stretched,
        "cut": marks.bad.mixed(text, 45),
        "cut_long": marks.bad.mixed(text, 45),
    }[word]


def done_words(state: State, row: int) -> str:
    """What a unit has done in this turn, and what it may still do."""
    if state.world.roster.faction[row] != state.faction:
        return say("Waits for its turn")
    if state.units.locked[row] > state.clock.turn:
        return say("Held in place until turn {turn}", turn=state.units.locked[row])
    bits = state.units.spent[row]
    did = [
        word
        for bit, word in (
            (Spent.ATTACKED, say("attacked")),
            (Spent.MARCHED, say("on a road march")),
            (Spent.FORCED, say("forced march")),
        )
        if bits & bit
    ]
    if bits & Spent.ACTED and not did:
        did.append(say("has acted"))
    if bits & Spent.MOVED and not bits & Spent.MARCHED:
        did.insert(0, say("moved"))
    match _may(state, row):
        case (True, True):
            left = say("may march and may act")
        case (True, False):
            left = say("may march")
        case (False, True):
            left = say("may act")
        case _:
            left = say("done for this turn")
    return sentence(say("{did}; {left}", did=", ".join(did), left=left) if did else left)


def _may(state: State, row: int) -> tuple[bool, bool]:
    """Whether a unit may still march, and act, in this turn of its faction."""
    if state.world.roster.faction[row] != state.faction or state.units.locked[row] > state.clock.turn:
        return False, False
    bits = state.units.spent[row]
    return not bits & Spent.STOPPED and state.units.mp[row] > 0, not bits & Spent.ACTED


def _done_colour(flow: Flow, state: State, row: int) -> Colour:
    dim, good = flow.desk.theme.interface.text_dim, flow.desk.theme.marks.good.mixed(flow.desk.theme.interface.text, 45)
    return good if any(_may(state, row)) else dim


def add_row(
    flow: Flow,
    portraits: Portraits,
    state: State,
    faction: int,
    row: int,
    act: PanelAct | None = None,
    ticked: bool | None = None,
) -> None:
    """One unit of a list: small counter, name and numbers; with a tick box when ``ticked`` is given."""
    desk, roster, units, colours = flow.desk, state.world.roster, state.units, flow.desk.theme.interface
    picture = portraits.picture(face(state, faction, row), desk.px(25))
    mine = roster.faction[row] == faction
    if act is None:
        act = TakeUnit(roster.id[row]) if mine else None
    known = state.world.friends(faction, roster.faction[row]) or not roster.type[row].startswith("contact-")
    right, ago = say("{n} st.", n=units.steps[row]) if known else "?", 0 if mine else age(state, faction, row)
    if ago:
        right = say("{steps}, seen {turns}", steps=right, turns=-ago)

    pixels, line = desk.px(12), desk.px(13)
    end = desk.fonts.text(right, BODY, pixels, colours.text_dim)
    left = desk.px(33) + (desk.px(20) if ticked is not None else 0)
    role, names = whole_name(desk.fonts, roster.name[row], pixels, flow.room - left - end.get_width() - desk.px(6))

    def paint(screen: pygame.Surface, box: pygame.Rect) -> None:
        if ticked is not None:
            paint_tick(screen, desk, pygame.Rect(box.x, box.y + desk.px(7), desk.px(14), desk.px(14)), ticked)
        screen.blit(picture, (box.x + left - desk.px(33), box.y + desk.px(1)))
        ink, top = colours.text if mine else colours.text_dim, box.centery - len(names) * line // 2 - desk.px(1)
        for number, words in enumerate(names):
            screen.blit(desk.fonts.text(words, role, pixels, ink), (box.x + left, top + number * line))
        screen.blit(end, (box.right - end.get_width(), box.y + desk.px(7)))

    flow.block(max(27, 13 * len(names) + 2), paint, act, roster.name[row])


def whole_name(fonts: Fonts, name: str, pixels: int, width: int) -> tuple[str, list[str]]:
    """A name that is never cut: on one line, else in narrow letters on as many as it takes; the font's role first."""
    if fonts.width(name, BODY, pixels) <= width:
        return BODY, [name]
    return NARROW, wrapped(fonts, name, NARROW, pixels, width)


def paint_tick(screen: pygame.Surface, desk: Desk, box: pygame.Rect, ticked: bool) -> None:
    """A box with or without its tick."""
    colours = desk.theme.interface
    pygame.draw.rect(screen, colours.raised, box, border_radius=3)
    pygame.draw.rect(screen, colours.text_dim, box, 1, border_radius=3)
    if ticked:
        w, h = box.size
        points = [
            (box.x + w * 0.2, box.y + h * 0.5),
            (box.x + w * 0.42, box.y + h * 0.75),
            (box.x + w * 0.85, box.y + h * 0.2),
        ]
        pygame.draw.lines(screen, colours.accent, False, points, max(2, desk.px(2)))
