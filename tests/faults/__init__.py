"""Faults, injected for real into commands at a step that a seed chooses, so that each can be replayed."""
