"""Places on the grid: every hex and hexside lies on the map, and the drawing has its size and its symbols."""

from __future__ import annotations

from collections.abc import Iterator

from game.scenario.checks.chart import chart_of
from game.scenario.reading import Reading, drawn_rows
from game.schema.binding import Named
from game.schema.problems import Problem, quoted


def labels(reading: Reading) -> Iterator[Problem]:
    """M101, M102: hexes and hexsides on the map."""
    chart = chart_of(reading)
    if chart is None:
        return
    for name in reading.notes.hexes:
        try:
            chart.hexes.hex(name.text)
        except ValueError as error:
            yield _off(reading, name, "M101", str(error))
    for name in reading.notes.sides:
        try:
            chart.hexes.side(name.text)
        except ValueError as error:
            yield _off(reading, name, "M102", str(error))


def _off(reading: Reading, name: Named, code: str, what: str) -> Problem:
    size = reading.node("map.yaml", "size")
    return name.node.problem(code, what, f"use one on the map, or enlarge the map at {size.where}")


def drawing(reading: Reading) -> Iterator[Problem]:
    """M103, M104, M105: rows and symbols of ``map.txt``."""
    source, chart = reading.drawing, chart_of(reading)
    if source is None or chart is None or reading.rules is None:
        return
    rows = drawn_rows(source)
    columns, height = chart.file.size.columns, chart.file.size.rows
    if len(rows) != height:
        line = rows[-1][0] if rows else 1
        what = f"the drawing has {len(rows)} rows, map.yaml says {height}"
        yield source.problem(line, 1, "M103", what, "draw one line a row, or change size.rows in map.yaml")
    known = {kind.symbol: name for name, kind in reading.rules.terrain.kinds.items()}
    listed = ", ".join(f"{symbol} {name}" for symbol, name in sorted(known.items()))
    wide = {len(row) for _, row in rows}
    if len(wide) == 1 and len(rows) > 1 and wide != {columns}:
        what = f"every row of map.txt has {max(wide)} symbols, and map.yaml says {columns} columns"
        at = reading.node("map.yaml", "size", "columns")
        yield at.problem("M104", what, f"write columns: {max(wide)}, or draw one symbol a hex")
    strange: dict[str, list[tuple[int, int]]] = {}
    for line, row in rows:
        if len(row) != columns and len(wide) > 1:
            what = f"the row has {len(row)} symbols, map.yaml says {columns} columns"
            yield source.problem(line, 1, "M104", what, "draw one symbol a hex, or change size.columns in map.yaml")
        for column, symbol in enumerate(source.lines[line - 1], 1):
            if not symbol.isspace() and symbol not in known:
                strange.setdefault(symbol, []).append((line, column))
    for symbol, found in strange.items():
        where = f", here and {len(found) - 1} times more" if len(found) > 1 else ""
        what = f"no kind of ground has the symbol {quoted(symbol)}{where}"
        yield source.problem(*found[0], "M105", what, f"use one of {listed}")
