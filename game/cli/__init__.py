"""The command line: set-up on the first start, and one small module for each command.

Modules here import the standard library and typer at the top; whatever is heavy is imported inside the
command that needs it, so that ``--help`` and a misspelt option answer at once, without pygame or numpy.
"""
