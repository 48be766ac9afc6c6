"""Tests, each of one kind; they mirror the package."""
