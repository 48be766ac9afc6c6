"""The page: one HTML file that holds a place, the model and everything to explore it."""
