"""The page for a workshop."""
