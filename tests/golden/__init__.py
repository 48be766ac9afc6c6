"""Numbers that change only on purpose."""
