"""The scenario editor at the table: a map to draw on, forms for what stands on it, and the check beside it."""
