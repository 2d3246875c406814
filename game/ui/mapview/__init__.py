"""The map on the table: printed once per zoom in pieces, then only blitted; overlays and counters on top."""
