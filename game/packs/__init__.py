"""Scenario packs: a scenario goes into a zip to be passed on, and one from a stranger is installed."""
