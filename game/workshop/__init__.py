"""The workshop: a scenario's files as something that can be edited, undone, checked and saved. Knows no window.

    workshop = Workshop.open("scenarios/tutorial")
    reason = workshop.do(PaintTerrain((workshop.grid.hex("0305"),), "hills"))   # None: done; else why not, in words
    for finding in workshop.problems(): ...                                  # what `check` says, with hex or unit
    workshop.undo(), workshop.redo(), workshop.save()

The texts are the truth: an edit changes the lines it must and no other byte, so comments, order and layout stay
the author's. Worlds, problems and forms are read from the texts after each edit.
"""

from __future__ import annotations

from game.workshop.edits import (
    AddCrossing,
    AddExit,
    AddPlace,
    AddZone,
    ChangeCrossing,
    ChangeExit,
    ChangeFaction,
    ChangeLine,
    ChangePlace,
    ChangePrize,
    ChangeSource,
    ChangeUnit,
    ChangeZone,
    CopyUnit,
    DrawBorder,
    DrawLine,
    DrawRiver,
    DrawRoad,
    DrawWall,
    Edit,
    EditText,
    EraseRoad,
    EraseSides,
    MovePlace,
    MoveSource,
    MoveUnit,
    PaintControl,
    PaintTerrain,
    PaintZone,
    PlacePrize,
    PlaceSource,
    PlaceUnit,
    RemoveCrossing,
    RemoveExit,
    RemovePlace,
    RemovePrize,
    RemoveSource,
    RemoveUnit,
    RemoveZone,
    RenamePlace,
    ScenarioField,
    SetUnderlay,
)
from game.workshop.findings import Finding
from game.workshop.strokes import (
    brush,
    hexes_along,
    sides_along,
    sides_around,
    sides_beside,
    sides_joining,
    touching,
)
from game.workshop.underlay import Underlay
from game.workshop.workshop import Workshop

__all__ = [
    "AddCrossing", "AddExit", "AddPlace", "AddZone", "ChangeCrossing", "ChangeExit", "ChangeFaction", "ChangeLine",
    "ChangePlace", "ChangePrize", "ChangeSource", "ChangeUnit", "ChangeZone", "CopyUnit", "DrawBorder", "DrawLine",
    "DrawRiver", "DrawRoad", "DrawWall", "Edit", "EditText", "EraseRoad", "EraseSides", "Finding", "MovePlace",
    "MoveSource", "MoveUnit", "PaintControl", "PaintTerrain", "PaintZone", "PlacePrize", "PlaceSource", "PlaceUnit",
    "RemoveCrossing", "RemoveExit", "RemovePlace", "RemovePrize", "RemoveSource", "RemoveUnit", "RemoveZone",
    "RenamePlace", "ScenarioField", "SetUnderlay", "Underlay", "Workshop", "brush", "hexes_along", "sides_along",
    "sides_around", "sides_beside", "sides_joining", "touching",
]  # fmt: skip
