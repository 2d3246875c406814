"""Belief: what a faction may take the whole state to be, by what it sees and what everybody knows."""
