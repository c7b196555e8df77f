"""The store in memory: the same promises as the others, for as long as the process lives."""
