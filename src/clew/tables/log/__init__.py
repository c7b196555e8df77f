"""What the viewers of a game were told: once each, kept in its state, and read by who comes back."""
