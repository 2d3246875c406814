"""Makes scenario maps from real geography: lines, areas and a gazetteer in, hexes, hexsides and roads out.

A *recipe* (YAML) names the source data, the box, the size of a hex and every change a hand made afterwards,
each with its reason, so that a map can always be made again, byte for byte. Read `making.py` for the order
of the steps, `docs/maps.md` for how to make a map of another war.
"""
