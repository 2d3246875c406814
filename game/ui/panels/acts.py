"""What a click on a panel asks for: small frozen values, one class for each thing that can be asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenMenu:
    """The menu over the game."""


@dataclass(frozen=True, slots=True)
class OpenHelp:
    """The rules and the help."""


@dataclass(frozen=True, slots=True)
class ShowOverlay:
    """Show an overlay, or hide it again."""

    name: str


@dataclass(frozen=True, slots=True)
class ShowDay:
    """Show history as it was on a day, an ISO date; "" the present one."""

    day: str


@dataclass(frozen=True, slots=True)
class PlayDays:
    """Let the days of history pass on the map, or stop them."""


@dataclass(frozen=True, slots=True)
class ShowMore:
    """Show the orders that the order bar leaves out, or put them away."""


@dataclass(frozen=True, slots=True)
class OpenDrawer:
    """Open the log or the minimap at the foot of the column, or put it away: "log" or "map"."""

    name: str


@dataclass(frozen=True, slots=True)
class TakeUnit:
    """Take an own unit in hand."""

    unit: str


@dataclass(frozen=True, slots=True)
class LookAt:
    """Bring a hex into sight."""

    hex: int


@dataclass(frozen=True, slots=True)
class TellWhy:
    """Say why what was clicked cannot be done."""

    why: str


@dataclass(frozen=True, slots=True)
class PrepareOrder:
    """Give an order of a kind, prepare it, or lay it down again."""

    kind: str


@dataclass(frozen=True, slots=True)
class AimAt:
    """Prepare an attack by the unit in hand on a hex beside it."""

    target: int


@dataclass(frozen=True, slots=True)
class ToggleAttacker:
    """A unit joins the attack in preparation, or leaves it."""

    unit: str


@dataclass(frozen=True, slots=True)
class AskStaff:
    """Ask the staff what it would do, or put its answer away."""


@dataclass(frozen=True, slots=True)
class TakeFormation:
    """Take every unit of an own unit's formation in hand."""

    unit: str


@dataclass(frozen=True, slots=True)
class FollowUnit:
    """The units in hand follow another one."""

    leader: str


@dataclass(frozen=True, slots=True)
class ToggleRoadMarch:
    """The march in preparation uses road marches, or no longer does."""


@dataclass(frozen=True, slots=True)
class LeaveGroup:
    """A unit is no longer one of those in hand."""

    unit: str


@dataclass(frozen=True, slots=True)
class TickFighters:
    """Every fighting unit that is able joins the attack in preparation."""


@dataclass(frozen=True, slots=True)
class ChangeSupport:
    """More or fewer points of a kind of support."""

    kind: str
    by: int


@dataclass(frozen=True, slots=True)
class ToggleSetPiece:
    """The attack in preparation becomes a set piece, or no longer is one."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """Give the order in preparation."""


@dataclass(frozen=True, slots=True)
class HoldUnits:
    """The units in hand hold until an enemy comes close."""


@dataclass(frozen=True, slots=True)
class RepeatOrder:
    """The last order of the unit in hand, or the last air drop, is given again every turn."""


@dataclass(frozen=True, slots=True)
class CancelPlan:
    """What was resolved for later turns about the units in hand is over."""


# --- the coach ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StepAgain:
    """The step of the lessons is started over."""


@dataclass(frozen=True, slots=True)
class SkipStep:
    """The next step of the lessons."""


@dataclass(frozen=True, slots=True)
class PutCoachAway:
    """The coach says nothing more in this game."""


CoachAct = StepAgain | SkipStep | PutCoachAway
"""What the coach's card asks for."""


# --- the buttons at the lower right ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NextUnit:
    """Take the next unit that can still do something."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take back the last order."""


@dataclass(frozen=True, slots=True)
class GiveAgain:
    """Give the order again that was taken back last."""


@dataclass(frozen=True, slots=True)
class AskEndTurn:
    """End the turn, after the checklist."""


@dataclass(frozen=True, slots=True)
class OtherSpeed:
    """Show the turns of others at another speed."""


@dataclass(frozen=True, slots=True)
class PauseOthers:
    """Stop the turns of others, or let them go on."""


@dataclass(frozen=True, slots=True)
class SkipOthers:
    """Show nothing more of the turns of others."""


TurnAct = NextUnit | TakeBack | GiveAgain | AskEndTurn | OtherSpeed | PauseOthers | SkipOthers
"""What the buttons at the lower right ask for."""


# --- the question before a turn ends --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToggleAsking:
    """Ask next time, or do not."""


@dataclass(frozen=True, slots=True)
class ShowPoint:
    """Look at the places of a point of the checklist, one after the other."""

    number: int


@dataclass(frozen=True, slots=True)
class EndTheTurn:
    """End the turn."""


@dataclass(frozen=True, slots=True)
class BackToMap:
    """Go on with the turn."""


TableAct = (
    OpenMenu | OpenHelp | ShowOverlay | ShowDay | PlayDays | ShowMore | OpenDrawer | TakeUnit | LookAt | TellWhy
    | PrepareOrder | AimAt | ToggleAttacker | LeaveGroup | TickFighters | ChangeSupport | ToggleSetPiece | Confirm
    | HoldUnits | RepeatOrder | CancelPlan | AskStaff | TakeFormation | FollowUnit | ToggleRoadMarch
)  # fmt: skip
"""What the panels of the table ask for."""

PanelAct = TableAct | TurnAct | CoachAct | ToggleAsking | ShowPoint | EndTheTurn | BackToMap
"""What any panel asks for."""
