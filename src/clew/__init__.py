"""The runtime of round-based multiplayer games whose sessions cannot be lost. It knows no game."""
