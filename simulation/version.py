"""The version of this software; results of two versions are never mixed."""

__version__ = "0.1.0"
