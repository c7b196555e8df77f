"""The minotaur command."""
