"""From a view to a plan: what is worth having, who goes where, who guards, where the river is to be crossed."""

from __future__ import annotations

from game import engine
from game.ai.doctrine import doctrine_of
from game.ai.staff import axes, columns, crossings, raids, sieges
from game.ai.staff.desk import StaffDesk
from game.ai.staff.goals import goals
from game.ai.staff.notebook import Memory, Notebook, Task, known_rows
from game.ai.staff.plan import FREE, Axis, Genes, Plan
from game.ai.staff.posts import guards

NOTHING = Memory()


def think(view: engine.View, memory: Memory = NOTHING, genes: Genes = FREE) -> Plan:
    """The plan of a faction whose turn opens: the same view, memory and genes bring the same plan."""
    return planned(opened_desk(view, memory, genes), genes)


def opened_desk(view: engine.View, memory: Memory, genes: Genes = FREE) -> StaffDesk:
    """A desk with a notebook in which nothing is written yet but what is remembered."""
    book = Notebook.opened(memory, view.state.clock.turn, known_rows(view))
    return StaffDesk(view, genes.on(doctrine_of(view.state.world, view.faction)), book)


def planned(desk: StaffDesk, genes: Genes) -> Plan:
    """The plan, worked out at a desk whose notebook keeps the maps that were drawn for it."""
    book = desk.book
    axes.note_waits(desk)
    book.goals = axes.with_bound(desk, goals(desk), genes)
    tasks = axes.allot(desk, book.goals, genes)
    if desk.doctrine.guards:
        tasks.update(guards(desk, tasks))
    if desk.doctrine.raids:
        tasks.update(raids.tasks(desk))
    besieged, before = sieges.plan(desk, tasks, genes), book.memory_before()
    book.sieges = besieged
    sites = book.sites = crossings.sites(desk, tasks)
    tasks.update(crossings.engineer_tasks(desk, tasks))
    tasks.update(columns.tasks(desk))
    return Plan(
        desk.me,
        book.turn,
        desk.doctrine,
        book.goals,
        _axes(desk, tasks),
        tuple((book.ids[row], tasks[row]) for row in sorted(tasks)),
        sites,
        tuple(sorted(raids.cuts(desk).items())) if desk.doctrine.raids else (),
        besieged,
        tuple(book.alternatives),
        before,
    )


def _axes(desk: StaffDesk, tasks: dict[int, Task]) -> tuple[Axis, ...]:
    """Where the line goes, the strongest first."""
    rows: dict[str, list[int]] = {}
    for row in sorted(tasks):
        if desk.is_line(row):
            rows.setdefault(tasks[row].why, []).append(row)
    found = []
    for why, going in rows.items():
        task = tasks[going[0]]
        steps = sum(desk.state.units.steps[row] for row in going)
        formations = tuple(dict.fromkeys(desk.formation(row) for row in going))
        found.append(Axis(task.goal, task.kind, why, formations, steps))
    return tuple(sorted(found, key=lambda axis: (-axis.steps, axis.why)))
