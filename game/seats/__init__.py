"""What belongs to a seat of a game: what its player has in mind, what becomes of one that fails, and what an order has
taught the faction that gave it."""
