"""What a scenario calls its factions, read from its first file alone: for lists that must not wait for a whole one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from game.faults import Fault
from game.scenario.packs import is_pack
from game.scenario.shipped import scenario_folder
from game.schema import reader
from game.schema.nodes import ListNode, TableNode, TextNode


@lru_cache(maxsize=64)
def faction_names(scenario: str) -> Mapping[str, str]:
    """Faction id -> adjective, such as saa -> SAA; empty where the scenario cannot be found or read at once."""
    try:
        folder = scenario_folder(scenario)
        root = None if is_pack(folder) else reader.read_file(folder / "scenario.yaml")[0]
    except (Fault, OSError):
        return {}
    factions = root.values.get("factions") if isinstance(root, TableNode) else None
    out = {}
    for one in factions.items if isinstance(factions, ListNode) else ():
        if isinstance(one, TableNode):
            id_, name = one.values.get("id"), one.values.get("adjective")
            if isinstance(id_, TextNode) and isinstance(name, TextNode):
                out[id_.text] = name.text
    return out
