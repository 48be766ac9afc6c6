"""Two ways to the same numbers."""
