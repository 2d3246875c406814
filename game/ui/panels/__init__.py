"""The parts around the map: pure functions of the view."""
