"""Experiments: the comparisons, factors, designs and supporting runs that are requested of a scenario."""
