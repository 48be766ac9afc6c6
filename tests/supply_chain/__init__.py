"""Tests of what the software is made of: the locks, the licences and the bill of materials."""
