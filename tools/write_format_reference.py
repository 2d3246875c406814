"""Write docs/scenario-format.md and scenarios/schema/*.json from the declarations that the loader reads by.

Run it after any change of a declaration: ``python tools/write_format_reference.py``. A test fails while they differ.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from game.mapmaker.recipe_file import RecipeFile  # noqa: E402
from game.ruleset import Ruleset  # noqa: E402 - the checkout must come first
from game.scenario.checks.codes import CODES  # noqa: E402
from game.scenario.files import FILES, FORCES  # noqa: E402
from game.scenario.files.puzzle import PuzzleFile  # noqa: E402
from game.schema import limits  # noqa: E402
from game.schema.reference import ReferenceRow, Told, json_schema, reference_rows  # noqa: E402
from game.schema.shapes import described  # noqa: E402
from game.workshop.underlay import EDITOR_FILE, EditorFile  # noqa: E402

HEAD = f"""# Scenario format

<!-- Written by tools/write_format_reference.py from the declarations of the loader. Change those, then run it. -->

A scenario is a folder, or a folder in a zip: see [packs](packs.md). Nothing in it can execute;
everything in it is read strictly, and
`python3 run_game.py check FOLDER` lists every problem as `FILE:LINE:COL: error CODE: what. fix: what to do`.

| file | holds |
|---|---|
| `scenario.yaml` | what the game is about, who plays, how long, which rule numbers differ |
| `map.txt` | the terrain: one line per row, one symbol per hex; blanks and lines that begin with `#` do not count |
| `map.yaml` | size, rivers, escarpments, borders, roads, places |
| `crossings.yaml` | bridges, ferries, dams |
| `relations.yaml` | who fights whom, the deconfliction line, sectors, airspace, who controls what |
| `forces/<faction>.yaml` | units, supply sources, support, replacements |
| `events.yaml` | scenario events |
| `victory.yaml` | objectives, victory levels, what insurgents score |
| `history.yaml` | what happened in history, for the History overlay |
| `doctrine.yaml` | how AI players think |
| `coach.yaml` | lessons at the table, step by step, with a coach |
| `puzzle.yaml` | what makes a scenario a [puzzle](puzzles.md) for AI players |
| `map_corrections.yaml` | the recipe of a generated map (`docs/maps.md`); the game does not read it |
| `editor.yaml` | the editor's own notes, such as an underlay; the game does not read it |

`scenario.yaml`, `map.txt`, `map.yaml` and `relations.yaml` are required; the others are optional.
Rule numbers that all scenarios share are in `scenarios/rules/`, one chapter per file; `rules:` in `scenario.yaml`
overrides them, as in `rules: {{units: {{stack_units: 4}}}}`: mappings key by key, lists as a whole.

## How files are written

- Every file begins with `format: 1`. It is YAML without anchors, aliases, tags, merge keys and second documents.
- The declarations below decide what a value is, not YAML: `0107` is a hex, `no` is a word, quotes are rarely needed.
- Hexes are labelled column, then row, two digits each from `0101` (three each on maps beyond 99). Columns with an odd
  number are shifted down by half a hex. A hexside is a hex and a direction, as `0714/NE`; either hex may name it.
- Days are written `2017-09-05`. A day means the turn that contains it.
- Ids begin with a letter and hold letters, digits, `_ . -`, at most 48 in all. Names may be anything on one line.
- Limits: {limits.FILE_BYTES // 2**20} MB and {limits.NODES:,} values a file, {limits.DEPTH} levels deep, maps to
  {limits.MAP_SIDE} x {limits.MAP_SIDE}, {limits.UNITS:,} units, {limits.EVENTS:,} events, {limits.TURNS:,} turns,
  {limits.FACTIONS} factions; texts to {limits.SHORT_TEXT} characters on one line, {limits.LONG_TEXT // 1024} kB on
  several.

Editors that understand JSON Schema complete and explain keys. The first line of each shipped file enables this, as
`# yaml-language-server: $schema=../schema/map.json` does for a `map.yaml` (`schema/` is next to the scenarios;
`run_game.py new-scenario` copies what it needs into the new folder).

## See a change at once

`Ctrl+R` in a game reloads the scenario's files and continues in the same view and turn. If files have errors, you see
them with file and line, and the game stays as it was. A game continues in one of two ways:

- *The position is kept* while units, places, factions, prizes, crossings and the size of the map are the same in
  number, name and order. Costs, strengths, texts, events, terrain and roads change at once. What play has not touched
  follows the files: a unit that is still where the scenario put it moves with its line, a hex that never changed hands
  takes its new holder, and a unit that has not moved this turn gets its new movement. Points, support, replacements and
  supply, which come once a turn, change with the next turn. You can save such a game and continue it, but neither
  `verify` nor a replay can prove it any more.
- *Otherwise the orders so far are replayed* from the new start, with the same dice, up to the first that no longer
  fits, which is named with the reason. The earlier game is saved as `before the reload`.

`run_game.py map SCENARIO -o FILE.png` draws the map and set-up without a window; its options are in `docs/maps.md`.

## Warnings that stand

To accept a warning of the checker, list it in `scenario.yaml`:
`accepted: [{{code: R102, at: forces/saa.yaml, why: the garrison is besieged}}]`.

## How events work

The game checks an event at its moment (`asked`: as a turn opens, unless it says otherwise), by `priority`, then by id.
The event fires if all triggers under `when` hold, and one of those under `any` if there are any; `all`, `any` and `not`
combine triggers. Dice come last. It fires once, or as often as `times` says (0: always), with at least `every` turns
between; its effects apply in the order listed, and later events see them.

```yaml
events:
  - id: missiles
    name: Cruise missiles
    text: Missiles strike the depots around the town.
    when: [{{on: window, from: 2017-10-31, to: 2017-11-05}}, {{on: control, at: {{place: Bukamal}}, faction: isis}}]
    do: [{{do: salvo, area: {{around: {{place: Bukamal, radius: 1}}}}, shots: 3, hit: 60, by: saa, harm: 1}}]
  - id: out-of-the-tunnels
    name: Out of the tunnels
    text: Fighters come out behind the column.
    asked: order
    when: [{{on: near, at: {{place: Bukamal}}, faction: saa, within: 0}}]
    do: [{{do: appear, units: [isis-tunnel], at: [{{place: Hamdan airbase}}]}}]
```

Effects that cannot apply are skipped. Terrain does not change under a unit that could not be on it; a unit that has no
room to appear waits; no event raises the ladder above the stand-off; at most 1,000 events fire at once.

## How the coach works

`coach.yaml` holds lessons for the person who plays one faction. The coach shows a card with the `text` of a step
and lights up what `show` names. The step ends when the player has done everything under `done` and everything under
`when` holds (triggers as in `events.yaml`, as far as the player can see). Then the next step comes. A step is
passed over where all of `unless` holds. The player can start a step over, skip it, or put the coach away. Nothing
in this file changes the game.

```yaml
steps:
  - id: first-march
    lesson: Marching
    text: Select the **1st Battalion** and right-click the lit hex.
    show: [{{unit: t-1st}}, {{at: {{hex: 0405}}}}]
    done: [{{on: select, unit: t-1st}}]
    when: [{{on: unit, unit: t-1st, is: at, at: {{hex: 0405}}}}]
    by: 1
```

In the tables, `[]` is a list entry, `<id>` a free key, `(word)` the variant with that word. A mapping that stands in
several places is explained where it stands first: `see` names that place.
"""


def reference() -> str:
    """The whole page."""
    parts, told = [HEAD], Told()
    for file in (*FILES, FORCES):
        parts += section(file.name, file.kind, " It is needed." if file.required else " It may be left out.", told)
    parts += section("puzzle.yaml", PuzzleFile, " Only the command `puzzles` reads it.", told)
    parts += section(EDITOR_FILE, EditorFile, " The game and the check read past it.", told)
    parts.append("\n# Rule numbers\n\nThe files of `scenarios/rules/`; `rules:` in `scenario.yaml` may override any.\n")
    hints = get_type_hints(Ruleset)
    for chapter in fields(Ruleset):
        parts += section(f"rules/{chapter.name}.yaml", hints[chapter.name], "", told)
    parts.append("\n# Codes\n\n| code | stands for |\n|---|---|\n")
    parts += [f"| {code} | {meaning} |\n" for code, meaning in sorted(CODES.items())]
    return "".join(parts)


def section(name: str, kind: type[Any], needed: str, told: Told) -> Iterator[str]:
    """A file: what it is, and a table of its keys."""
    yield f"\n## `{name}`\n\n{described(kind)}{needed}"
    yield "\n\n| key | type | default | meaning |\n|---|---|---|---|\n"
    for row in reference_rows(kind, told, name):
        yield line(row)


def line(row: ReferenceRow) -> str:
    """A key as a row of the table."""
    meaning = row.doc + (f" (e.g. `{row.example}`)" if row.example else "")
    default = "**needed**" if row.required else row.default
    cells = (f"`{row.path}`", row.kind, default, meaning)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


def schemas() -> dict[str, str]:
    """JSON Schemas by file name."""
    kinds = {file.name: file.kind for file in FILES} | {"forces.yaml": FORCES.kind}
    hints = get_type_hints(Ruleset)
    kinds |= {"map_corrections.yaml": RecipeFile, EDITOR_FILE: EditorFile, "puzzle.yaml": PuzzleFile}
    kinds |= {f"rules-{chapter.name}.yaml": hints[chapter.name] for chapter in fields(Ruleset)}
    return {
        name.replace(".yaml", ".json"): json.dumps(json_schema(kind, name), indent=1, ensure_ascii=False) + "\n"
        for name, kind in kinds.items()
    }


def targets() -> dict[Path, str]:
    """Every file that is written, with its text."""
    found = {ROOT / "docs" / "scenario-format.md": reference()}
    return found | {ROOT / "scenarios" / "schema" / name: text for name, text in schemas().items()}


def main() -> None:
    """Write what differs."""
    for path, text in targets().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="")
            print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
