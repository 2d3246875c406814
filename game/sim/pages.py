"""Pages for a browser: one file each, nothing fetched, readable without colour. They need the extra ``report``.

Plots are drawn by matplotlib as SVG: of the libraries at hand it alone has boxes, error bars and hatching over one axis
of dates. Text is put in by jinja2, which escapes all that comes from a scenario.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping
from typing import Any

from game.faults import EnvironmentFault
from game.schema.problems import safe
from game.shipped import shipped

# A colour and a darker ink for each side by its number; patterns tell them apart where colours do not.
LOOKS = (("#c8553d", "#7a2a1a"), ("#e9b936", "#8a6710"), ("#6b6e78", "#26272c"), ("#4a90c2", "#173f61"),
         ("#8fae6b", "#3f5c24"), ("#b58ac7", "#5b2e8c"), ("#d9a58b", "#7a4a30"), ("#7fc1b5", "#1f5f55"))  # fmt: skip


def page(template: str, values: Mapping[str, Any]) -> str:
    """A template of ``assets/lab`` filled in."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError as error:
        raise _missing() from error
    environment = Environment(
        loader=FileSystemLoader(shipped("assets", "lab")), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(template).render(values)


def plot(width: float, height: float, draw: Callable[[Any], None]) -> str:
    """What ``draw`` puts on a figure of so many inches, as SVG for a page: texts as text, the same bytes each time."""
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as error:
        raise _missing() from error
    style: Any = {
        "font.family": "sans-serif", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False,
        "axes.facecolor": "none", "svg.hashsalt": "lab", "svg.fonttype": "none",
    }  # fmt: skip
    out = io.StringIO()
    with rc_context(style):
        figure = Figure((width, height), layout="constrained")
        figure.patch.set_alpha(0)
        draw(figure)
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()[out.getvalue().index("<svg") :]


def _missing() -> EnvironmentFault:
    remedy = f"{safe(sys.executable)} -m pip install matplotlib jinja2"
    return EnvironmentFault('a page needs the packages of the extra "report".', f"{remedy}; then ask again.")
