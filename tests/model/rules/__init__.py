"""The rules against worked examples and against what holds for any input."""
