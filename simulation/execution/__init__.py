"""Runs that belong together: a scenario with its bounds and its assumptions varied."""
