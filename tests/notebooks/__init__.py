"""Notebooks run from the first cell to the last."""
