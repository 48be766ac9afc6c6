"""Rules for the sources: the rooms of libraries and code, and imports between rooms."""
