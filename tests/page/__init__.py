"""The page's own code, held to Python's."""
