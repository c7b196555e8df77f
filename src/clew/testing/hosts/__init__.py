"""Hosts of any machine in a test's own process: one alone, or several that know each other. Of tables: ``fleet``."""
