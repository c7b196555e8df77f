"""Players made of rules: they know their seat's sight, the settings and a seed, and nothing else."""
