"""Tests of the room `survey`."""
