"""Scenario files: reading, checking, extending, writing."""
