"""Experiment files: reading and checking, addresses and variants."""
