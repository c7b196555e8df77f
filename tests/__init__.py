"""The tests: they mirror src/minotaur, plus exams, golden games, chaos, browsers and the architecture itself."""
