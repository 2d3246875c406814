"""Search: plans for a whole turn, played forward on what the faction believes, with the replies of its enemies."""
