"""The rulebook in code: one file a chapter, each with questions, refusals and resolvers.

Chapters may ask one another's questions; effects of several chapters are strung together in
:mod:`game.rules.sequence` alone.
"""
