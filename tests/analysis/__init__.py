"""What analysis makes of results."""
