"""The page for a workshop: levers and assumptions to move, and a place that answers."""
