"""Scenario folders: the definitions of every file, the checks, and the frozen world. Their language is ``schema``.

Read in this order: ``files`` (the declarations), ``reading`` (a whole folder), ``checker`` and ``checks`` (what a
scenario can get wrong), ``build`` (the canonical form to a World), ``loading`` (all of it).
"""
