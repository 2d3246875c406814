"""The scenarios one can choose: read in the background, so that the menu never waits, with a small picture of each map.

A scenario with errors stays in the library and says what is wrong with it. Pictures are kept on the disk from
one start to the next, under a name made of what they show.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pygame
from platformdirs import user_cache_path

from game.faults import ContentFault, Fault
from game.packs.installing import tidy
from game.scenario.installed import installed_name, installed_scenarios
from game.scenario.packs import contents_of, is_pack
from game.scenario.shipped import scenario_folder, shipped_scenarios
from game.scenario.world import World
from game.schema import limits
from game.schema.file_bytes import file_bytes
from game.schema.problems import safe
from game.shipped import shipped
from game.store import APPLICATION
from game.ui.camera import map_extent
from game.ui.imported import Imported, imported_picture
from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import Theme

WIDE, FRONT_WIDE = 1100, 640
"""Pixels of a map picture's longer side, and of that with the front of the first day."""
CAMPAIGN = "race_for_deir_ezzor"


@dataclass(slots=True)
class ShelfEntry:
    """One scenario. Until it is ``ready`` nothing is known but its folder (or its pack).

    ``errors`` is the report of a faulty one.
    """

    name: str
    folder: Path
    ready: bool = False
    world: World | None = None
    errors: str = ""
    picture: pygame.Surface | None = None
    front: pygame.Surface | None = None
    """The same small, with the ground that each side holds at the start."""
    said: str = ""
    """The line of its file that gives its title, "" where nobody has looked."""
    cover: Imported | None = None
    """The picture that the scenario itself brings, for its briefing."""

    @property
    def title(self) -> str:
        """What the list shows: until it is read, the title that a scenario of the game gives itself."""
        if self.world is not None:
            return self.world.title
        return self.said if self.said and not self.ready else self.name.replace("_", " ").capitalize()


class Library:
    """Every scenario that ships, the campaign first, then the user's own; or whichever are asked for by name."""

    def __init__(self, theme: Theme, names: Sequence[str] | None = None) -> None:
        found = list(names) if names is not None else shipped_scenarios()
        found.sort(key=lambda name: name != CAMPAIGN)
        self.theme = theme
        self.entries = [ShelfEntry(Path(name).name, scenario_folder(name)) for name in found]
        self.shipped = frozenset(entry.folder for entry in self.entries)
        """Where those lie that are not the user's own."""
        if names is None:
            for entry in self.entries:
                entry.said = _said_title(entry.folder)
            tidy()
            self.entries += [ShelfEntry(safe(installed_name(path)), path) for path in installed_scenarios()]
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = False
        for entry in self.entries:
            entry.picture = kept_picture(entry.folder)

    @property
    def campaign(self) -> ShelfEntry | None:
        """The scenario that the menu and the rulebook take as their example."""
        return self.entries[0] if self.entries else None

    @property
    def busy(self) -> bool:
        """Whether scenarios are being read, or their maps printed, in the background."""
        return self._thread is not None and self._thread.is_alive()

    def wear(self, theme: Theme) -> None:
        """The player has chosen another look, such as colours for every kind of sight: the fronts are drawn anew."""
        if theme is self.theme:
            return
        self.theme, self._thread = theme, None
        for entry in self.entries:
            entry.front = None

    def begin(self) -> None:
        """Read what has not been read yet, and draw the fronts that are missing, in the background."""
        done = all(entry.ready and (entry.front is not None or entry.world is None) for entry in self.entries)
        if self._thread is None and not done:
            self._thread = threading.Thread(target=self._read_all, name="library", daemon=True)
            self._thread.start()

    def wait(self, entry: ShelfEntry) -> None:
        """Read a scenario now, or wait until the background is done with it."""
        with self._lock:
            if not entry.ready:
                self._read(entry)

    def leave(self) -> None:
        """Nobody looks at it any more: the background ends after the scenario in hand, and what was read is let go.

        All pictures of eight scenarios take thirty megabytes, and what has been read of them more. A player who goes
        to a game at once must not have the rest read beside it.
        """
        self._stopped = True
        for entry in self.entries:
            entry.world = entry.picture = entry.front = entry.cover = None
            entry.ready = False

    def read_again(self, entry: ShelfEntry) -> None:
        """Forget a scenario and read it anew, after its author has changed it."""
        with self._lock:
            entry.ready, entry.world, entry.errors, entry.picture, entry.cover = False, None, "", None, None
            entry.front = None
            self._read(entry)

    def look_again(self, folder: Path) -> None:
        """Back from the editor: this folder may have changed, and there may be more of the user's own."""
        with self._lock:
            known = {entry.folder for entry in self.entries}
            self.entries += [ShelfEntry(own.stem, own) for own in installed_scenarios() if own not in known]
            for entry in self.entries:
                if entry.folder == folder:
                    entry.ready, entry.world, entry.errors, entry.picture = False, None, "", kept_picture(folder)
                    entry.front = None
            self._thread = None
        self.begin()

    def _read_all(self) -> None:
        for entry in self.entries:
            if self._stopped:
                return
            with self._lock:
                if not entry.ready:
                    self._read(entry)
        for entry in self.entries:
            world = entry.world
            if not self._stopped and world is not None and entry.picture is None:
                # A picture is a comfort: without a window any more, or with a map it cannot draw, there is none.
                with contextlib.suppress(Exception):
                    picture = print_picture(world, self.theme)
                    keep_picture(entry.folder, picture)
                    entry.picture = None if self._stopped else picture
        for entry in self.entries:
            world, printed, theme = entry.world, entry.picture, self.theme
            if not self._stopped and world is not None and printed is not None and entry.front is None:
                with contextlib.suppress(Exception):
                    front = front_picture(world, theme, printed)
                    entry.front = front if theme is self.theme and not self._stopped else None

    def _read(self, entry: ShelfEntry) -> None:
        from game.engine import load_scenario  # half a second, which the menu must not wait for

        try:
            world = load_scenario(entry.folder)
            entry.world, entry.cover = world, _cover(entry.folder, world)
        except ContentFault as fault:
            entry.errors = "\n".join([fault.message, "", *fault.report])
        except Fault as fault:
            entry.errors = safe(str(fault))
        except OSError as error:
            entry.errors = safe(f"{entry.folder}: {error.strerror or error}")
        except Exception as error:
            # A mistake of the game's own, met in one scenario: it must not hide those that come after it.
            what = f"{entry.folder}: a bug in the game: {type(error).__name__}: {error}"
            entry.errors = safe(f"{what} fix: send this line and the scenario to the authors.")
        if entry.errors:
            entry.world = None
        entry.ready = True


def _cover(where: Path, world: World) -> Imported | None:
    name = world.texts["picture"]
    return imported_picture(contents_of(where), name) if name else None


# --- pictures -------------------------------------------------------------------------------------------------


def print_picture(world: World, theme: Theme) -> pygame.Surface:
    """The ground of a world's map without names, as a small picture."""
    from game.ui.mapview.sheet import Sheet
    from game.ui.worldview import map_picture

    wide, tall = map_extent(world.grid.columns, world.grid.rows)
    scale = WIDE / max(wide, tall)
    return Sheet(map_picture(world), theme, Fonts(theme.fonts)).small_picture((int(wide * scale), int(tall * scale)))


def front_picture(world: World, theme: Theme, picture: pygame.Surface) -> pygame.Surface:
    """A small copy of a world's picture with the ground that each side holds at the start."""
    from game.ui.scenes.small_fronts import tinted

    scale = FRONT_WIDE / max(picture.get_size())
    size = (round(picture.get_width() * scale), round(picture.get_height() * scale))
    return tinted(theme, Fonts(theme.fonts), world, pygame.transform.smoothscale(picture, size), world.control)


def _said_title(folder: Path) -> str:
    """The title of a scenario that ships, from its line alone: the whole takes a second to be read."""
    with contextlib.suppress(OSError, UnicodeError):
        text = (folder / "scenario.yaml").read_text(encoding="utf-8")
        found = next((line for line in text.splitlines() if line.startswith("title:")), "")
        return found.removeprefix("title:").strip().strip('"')
    return ""


def kept_picture(folder: Path) -> pygame.Surface | None:
    """The picture of a scenario folder from an earlier start, if it still shows what the files say."""
    with contextlib.suppress(pygame.error, OSError):
        return pygame.image.load(_picture_path(folder)).convert()
    return None


def keep_picture(folder: Path, picture: pygame.Surface) -> None:
    """Put a picture where a later start finds it; where that fails it is made anew each time."""
    with contextlib.suppress(pygame.error, OSError):
        path = _picture_path(folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.stem}.{os.getpid()}.png")
        pygame.image.save(picture, beside)
        beside.replace(path)


def _picture_path(folder: Path) -> Path:
    told = hashlib.sha256(f"{WIDE}".encode())
    drawn = [folder] if is_pack(folder) else [folder / name for name in ("map.txt", "map.yaml", "crossings.yaml")]
    for path in (*drawn, shipped("assets", "theme.yaml")):
        told.update(file_bytes(path, path.name, limits.PACK_BYTES)[0] or b"-")
    return user_cache_path(APPLICATION, appauthor=False) / "maps" / f"{told.hexdigest()[:24]}.png"
