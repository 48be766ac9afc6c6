"""Fuzzing: commands are given inputs that were changed at random, by seed, and must succeed or say what is wrong.

`python -m tests.fuzz` tries many and prints a table; `python -m tests.fuzz --only scenario:1234` tries one of them
again and prints its input. What once failed is kept in `found` and tried by `make test`.
"""
