"""Players: who decides from a view. They use the engine's public face and nothing behind it."""
