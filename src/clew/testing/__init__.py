"""For the tests of games, and of the runtime itself."""
