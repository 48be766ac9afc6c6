"""Where things may be in the sources, and who may import whom."""
