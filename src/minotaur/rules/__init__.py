"""The pure game: RULES.md as functions without clock, chance or I/O."""
