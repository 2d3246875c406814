"""Draws the silhouettes of the second counter style into assets/pictures.json.

Each is the project's own drawing, made of a few shapes in the box of a symbol's frame: x from 25 to 175, y from 50 to
150, the ground at 141. ``python tools/make_counter_pictures.py`` writes the file; a test compares it with this code.
"""

from __future__ import annotations

import json
from pathlib import Path

TARGET = Path(__file__).parent.parent / "assets" / "pictures.json"
GROUND = 141
STAR = "M100,52 l4,8 l9,1 l-6.500,6 l1.500,9 l-8,-4 l-8,4 l1.500,-9 l-6.500,-6 l9,-1 Z"


def shape(points: str, fill: str = "{ink}") -> str:
    """A filled outline."""
    return f'<path d="{points}" fill="{fill}"/>'


def disc(x: float, y: float, r: float, fill: str = "{ink}") -> str:
    """A filled circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"/>'


def line(points: str, wide: float, ink: str = "{ink}") -> str:
    """A stroke with round ends."""
    return (
        f'<path d="{points}" fill="none" stroke="{ink}" stroke-width="{wide:g}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def box(x: float, y: float, wide: float, tall: float, fill: str = "{ink}") -> str:
    """A filled rectangle."""
    return shape(f"M{x:g},{y:g} h{wide:g} v{tall:g} h{-wide:g} Z", fill)


def ground(left: float = 34, right: float = 166) -> str:
    """What stands, stands on this."""
    return line(f"M{left:g},{GROUND + 2} H{right:g}", 4)


def soldier(x: float, armed: bool = True, tall: float = 1.0) -> str:
    """A man with a rifle, ``tall`` times as high as usual."""

    def y(up: float) -> float:
        return GROUND - up * tall

    body = disc(x, y(69), 9.5 * tall) + shape(
        f"M{x - 11:g},{y(57):g} Q{x:g},{y(61):g} {x + 11:g},{y(57):g} L{x + 9:g},{y(28):g} L{x + 13:g},{GROUND} "
        f"H{x + 4:g} L{x:g},{y(24):g} L{x - 4:g},{GROUND} H{x - 13:g} L{x - 9:g},{y(28):g} Z"
    )
    rifle = line(f"M{x - 15:g},{y(36):g} L{x + 19:g},{y(54):g}", 5) if armed else ""
    return body + rifle


def wheels(*xs: float, r: float = 11) -> str:
    """Wheels with light hubs."""
    return "".join(disc(x, GROUND - r, r) + disc(x, GROUND - r, r * 0.38, "{paper}") for x in xs)


def tracks(left: float, right: float, tall: float = 20) -> str:
    """A running gear with light rollers."""
    y, r = GROUND - tall, tall / 2
    gear = shape(
        f"M{left + r:g},{y:g} H{right - r:g} A{r:g},{r:g} 0 0 1 {right - r:g},{GROUND} H{left + r:g} "
        f"A{r:g},{r:g} 0 0 1 {left + r:g},{y:g} Z"
    )
    many = round((right - left) / 17)
    step = (right - left - 2 * r) / (many - 1)
    return gear + "".join(disc(left + r + n * step, y + r, r * 0.42, "{paper}") for n in range(many))


def truck(load: str) -> str:
    """A lorry that faces right, with something on it."""
    cab = shape("M128,84 H148 L162,104 V130 H128 Z") + shape("M133,89 H146 L154,103 H133 Z", "{paper}")
    return ground() + box(36, 118, 126, 12) + cab + load + wheels(56, 80, 142)


def pickup(load: str) -> str:
    """A small open car that faces right."""
    body = shape("M34,110 H96 L104,90 H130 L144,108 L166,112 V130 H34 Z")
    return ground() + body + shape("M108,95 H128 L138,108 H106 Z", "{paper}") + load + wheels(60, 140, r=12)


def pontoon(x: float) -> str:
    """A boat under a bridge."""
    return shape(f"M{x - 20:g},114 H{x + 20:g} Q{x + 18:g},134 {x:g},134 Q{x - 18:g},134 {x - 20:g},114 Z")


def flag(x: float, foot: float, top: float) -> str:
    """A pole with a pennant."""
    return line(f"M{x:g},{foot:g} V{top:g}", 4) + shape(f"M{x:g},{top:g} L{x + 30:g},{top + 9:g} L{x:g},{top + 18:g} Z")


PICTURES: dict[str, str] = {
    "infantry": ground() + soldier(62) + soldier(100) + soldier(138),
    "motorised": truck(box(38, 96, 84, 24) + "".join(disc(x, 90, 7.5) for x in (52, 72, 92, 112))),
    "mech": ground()
    + shape("M36,106 L58,92 H150 L166,112 L158,124 H40 Z")
    + shape("M78,92 L84,76 H116 L122,92 Z")
    + line("M116,82 H160", 5)
    + tracks(34, 164),
    "armour": ground()
    + shape("M34,112 L52,102 H150 L168,112 L160,124 H40 Z")
    + shape("M70,102 L76,80 H122 L134,102 Z")
    + line("M124,88 H178", 7)
    + box(84, 74, 18, 8)
    + tracks(32, 166, 22),
    "recon": ground()
    + shape("M40,118 L52,98 H86 L92,86 H122 L128,98 L160,110 L164,122 H40 Z")
    + line("M118,90 H150", 5)
    + line("M60,98 V58", 3.5)
    + wheels(62, 98, 142, r=12),
    "artillery": ground()
    + line("M92,112 L168,66", 9)
    + line("M150,77 L172,63", 12)
    + line("M90,116 L40,138", 8)
    + shape("M84,92 L104,80 L112,112 L92,118 Z")
    + disc(98, 119, 21)
    + disc(98, 119, 8, "{paper}"),
    "mortar": ground()
    + line("M84,134 L120,70", 12)
    + line("M108,94 L140,138", 6)
    + shape("M62,132 H104 L98,142 H66 Z")
    + soldier(48, armed=False, tall=0.82),
    "missile": truck("")
    + line("M46,112 L128,66", 16)
    + shape("M120,62 L150,52 L132,78 Z")
    + shape("M42,104 L30,124 L54,118 Z"),
    "air_defence": ground()
    + line("M96,108 L146,58", 6)
    + line("M106,116 L158,64", 6)
    + shape("M66,100 H112 L122,124 H58 Z")
    + soldier(46, armed=False, tall=0.86)
    + tracks(60, 130, 18),
    "engineer": line("M30,94 H170", 8)
    + "".join(line(f"M{x},94 V116", 5) for x in (52, 100, 148))
    + "".join(pontoon(x) for x in (52, 100, 148))
    + line("M30,144 Q44,138 58,144 T86,144 T114,144 T142,144 T170,144", 4),
    "logistics": truck(box(40, 92, 26, 26) + box(69, 92, 26, 26) + box(54, 68, 26, 22) + box(98, 98, 24, 20)),
    "transport": truck(shape("M34,118 V70 Q80,44 124,70 V118 Z")),
    "air": shape(
        "M174,96 Q164,88 140,88 L118,88 L84,54 H70 L86,88 H58 L44,74 H34 L42,96 L34,118 H44 L58,104 H86 L70,138 H84 "
        "L118,104 L140,104 Q164,104 174,96 Z"
    ),
    "helicopter": shape("M66,90 Q70,74 104,74 Q146,76 150,100 Q150,116 120,118 H92 Q70,116 66,100 L28,92 V84 Z")
    + shape("M116,82 Q138,84 142,98 H116 Z", "{paper}")
    + line("M46,62 H166", 5)
    + line("M106,62 V76", 5)
    + line("M28,72 V104", 4)
    + line("M80,130 H146 M98,118 V130 M126,118 V130", 4),
    "drone": shape(
        "M164,100 Q150,92 118,93 L108,60 H98 L96,93 L62,95 L50,82 H42 L44,100 L42,118 H50 L62,105 L96,107 L98,140 "
        "H108 L118,107 Q150,108 164,100 Z"
    ),
    "hq": ground()
    + shape("M40,141 L96,82 L152,141 Z")
    + shape("M82,141 L96,112 L110,141 Z", "{paper}")
    + flag(96, 90, 54),
    "special": ground() + soldier(80) + soldier(122) + shape(STAR),
    "sof": ground()
    + soldier(84)
    + line("M126,136 V76", 6)
    + line("M114,122 H138", 6)
    + shape("M120,78 L126,56 L132,78 Z"),
    "militia": ground() + soldier(58) + soldier(92, armed=False) + soldier(126) + flag(150, 141, 60),
    "mobile": pickup(line("M66,110 V86", 5) + line("M54,92 L100,74", 6) + disc(58, 84, 8)),
    "svbied": pickup(
        shape("M66,110 L48,96 L64,92 L56,72 L76,82 L84,60 L92,82 L106,74 L100,94 Z") + box(40, 106, 60, 6)
    ),
    "cell": ground()
    + shape("M70,141 Q66,92 100,60 Q134,92 130,141 Z")
    + shape("M86,92 Q100,78 114,92 L110,104 H90 Z", "{paper}")
    + line("M58,120 L146,98", 6),
    "garrison": shape("M34,143 V84 H52 V96 H68 V84 H86 V96 H114 V84 H132 V96 H148 V84 H166 V143 Z")
    + shape("M86,143 V124 Q100,106 114,124 V143 Z", "{paper}")
    + line("M100,84 V54", 4)
    + shape("M100,54 L126,61 L100,70 Z"),
}


def text() -> str:
    """The file as it should be."""
    tree = {"format": 1, "source": "tools/make_counter_pictures.py", "icons": PICTURES}
    return json.dumps(tree, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
    print(f"{TARGET}: {len(PICTURES)} pictures")
