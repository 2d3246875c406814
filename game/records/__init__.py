"""Records of a game: what a save and a replay say, how they are written, and how they are proved.

The names below are the face of this package for the command line, the table and the lab:

save_game(session, saves_folder() / safe_name("before the crossing", ".dez"))
session = load_game(path, make_player)
autosave(session, autosaves_folder())           # at the start of every phase
write_replay(session, path); verify_file(path).lines()
"""

from __future__ import annotations

from game.records.autosaves import Found, autosave, newest_autosave
from game.records.envelope import BadRecord, Header
from game.records.proving import UNPROVABLE, Untrue
from game.records.replays import SUFFIX as REPLAY_SUFFIX
from game.records.replays import ListedReplay, Replay, ReplayHead, list_replays, open_replay, write_replay
from game.records.saves import SUFFIX as SAVE_SUFFIX
from game.records.saves import Listed, Loading, list_saves, load_game, read_header, save_game, seat_players
from game.records.showing import EVERYTHING, Showing, open_showing, showing_of, shown_again, trouble_words
from game.records.verifying import VerifyResult, played, verify_file
from game.store import FolderLock, StoreFault, autosaves_folder, claim, inside, safe_name, saves_folder

__all__ = [
    "EVERYTHING", "REPLAY_SUFFIX", "SAVE_SUFFIX", "UNPROVABLE", "BadRecord", "FolderLock", "Found", "Header",
    "Listed", "ListedReplay", "Loading", "Replay", "ReplayHead", "Showing", "StoreFault", "Untrue", "VerifyResult",
    "autosave", "autosaves_folder", "claim", "inside", "list_replays", "list_saves", "load_game", "newest_autosave",
    "open_replay", "open_showing", "played", "read_header", "safe_name", "save_game", "saves_folder",
    "seat_players", "showing_of", "shown_again", "trouble_words", "verify_file", "write_replay",
]  # fmt: skip
