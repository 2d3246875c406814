"""The lab: whole games without a window, what can be learned from them, and how fast they run."""
