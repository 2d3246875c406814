"""The staff: the computer's planner, with a file for each question that it asks itself."""
