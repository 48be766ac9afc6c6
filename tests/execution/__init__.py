"""The execution of experiments."""
