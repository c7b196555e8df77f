"""Pure hexagonal geometry: coordinates, sets of hexes, walking distances."""
