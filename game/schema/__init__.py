"""The language of the YAML files, which knows no war: declarations, strict reading, what an author is told.

Read in this order: ``spec`` (how a key is declared), ``shapes`` (declarations compiled), ``reader`` (bytes to
``nodes``), ``binding`` (nodes to dataclasses), ``values`` (one value at a time), ``problems`` (what an author is told),
``canonical`` (definitions as plain values and back), ``reference`` (declarations told to people and editors).
"""
