"""Scenario folders: strict reading of YAML, the definitions of every file, the checks, and the frozen world.

Read in this order: ``spec`` (how a key of a file is declared), ``files`` (the declarations), ``reader`` (bytes to
nodes), ``schema`` (nodes to dataclasses), ``reading`` (a whole folder), ``checker`` and ``checks`` (what a scenario can
get wrong), ``problems`` (what an author is told), ``build`` (the canonical form to a World), ``loading`` (all of it).
"""
