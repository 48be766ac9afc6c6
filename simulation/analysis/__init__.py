"""What it means: pure functions of results."""
