"""Charts that a board can read."""
