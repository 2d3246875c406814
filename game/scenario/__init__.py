"""Scenario folders: strict reading of YAML, the definitions of every file, the checks, and the frozen world.

Read in this order: ``spec`` (how a key of a file is declared), ``reader`` (bytes to nodes), ``schema``
(nodes to dataclasses), ``problems`` (what an author is told).
"""
