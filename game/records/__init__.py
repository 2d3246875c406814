"""Records of a game: what a save and a replay say, how they are written, and how they are proved."""
