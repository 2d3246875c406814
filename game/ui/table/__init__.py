"""The game screen: a game in progress, what one seat sees of it, and the orders that a person gives."""
