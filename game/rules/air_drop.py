"""7.9 Air drops: supplies by parachute for units that no road feeds, at a price and at a risk."""

from __future__ import annotations

from game.events import FireResolved, SuppliesDropped, SupportSet
from game.orders import AirDrop
from game.rules import ground, zones
from game.rules.ledger import Ledger, Term
from game.rules.refusal import Refusal
from game.rules.supply_map import supply_map
from game.state import Draft
from game.state.tables import Position, Supplied

KIND = "airdrop"
