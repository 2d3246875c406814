"""The edits: one frozen dataclass for each thing a designer does."""

from __future__ import annotations

from game.workshop.edits.areas import AddArea, ChangeArea, PaintArea, PaintControl, RemoveArea
from game.workshop.edits.base import Edit
from game.workshop.edits.ground import PaintTerrain
from game.workshop.edits.lines import (
    ChangeLine,
    DrawBorder,
    DrawLine,
    DrawRiver,
    DrawWall,
    EraseSides,
)
from game.workshop.edits.pages import ChangeFaction, EditText, ScenarioField, SetUnderlay
from game.workshop.edits.places import (
    AddCrossing,
    AddExit,
    AddPlace,
    ChangeCrossing,
    ChangeExit,
    ChangePlace,
    MovePlace,
    RemoveCrossing,
    RemoveExit,
    RemovePlace,
    RenamePlace,
)
from game.workshop.edits.prizes import ChangePrize, PlacePrize, RemovePrize
from game.workshop.edits.roads import DrawRoad, EraseRoad
from game.workshop.edits.units import (
    ChangeSource,
    ChangeUnit,
    CopyUnit,
    MoveSource,
    MoveUnit,
    PlaceSource,
    PlaceUnit,
    RemoveSource,
    RemoveUnit,
)

__all__ = [
    "AddArea",
    "AddCrossing",
    "AddExit",
    "AddPlace",
    "ChangeArea",
    "ChangeCrossing",
    "ChangeExit",
    "ChangeFaction",
    "ChangeLine",
    "ChangePlace",
    "ChangePrize",
    "ChangeSource",
    "ChangeUnit",
    "CopyUnit",
    "DrawBorder",
    "DrawLine",
    "DrawRiver",
    "DrawRoad",
    "DrawWall",
    "Edit",
    "EditText",
    "EraseRoad",
    "EraseSides",
    "MovePlace",
    "MoveSource",
    "MoveUnit",
    "PaintArea",
    "PaintControl",
    "PaintTerrain",
    "PlacePrize",
    "PlaceSource",
    "PlaceUnit",
    "RemoveArea",
    "RemoveCrossing",
    "RemoveExit",
    "RemovePlace",
    "RemovePrize",
    "RemoveSource",
    "RemoveUnit",
    "RenamePlace",
    "ScenarioField",
    "SetUnderlay",
]  # fmt: skip
