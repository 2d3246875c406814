"""Race for Deir Ezzor: an operational wargame of eastern Syria, autumn 2017."""

__version__ = "0.1.0"
