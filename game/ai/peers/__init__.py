"""Peers of the staff: players built on the ideas of other games' computer players, to measure the staff against.

They read no doctrine and search nothing; like every player they see a view. What both of them ask of the moment stands
in ``board.py`` (who and where), ``assaults.py`` (sets of attackers by exact odds), ``marching.py`` (where to halt,
where to bridge) and ``routine.py`` (support, rest); how each decides stands in ``rca.py`` and ``pro.py``.
"""
