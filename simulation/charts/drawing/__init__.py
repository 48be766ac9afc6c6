"""How charts are drawn: figure, axes, labels, lettering, palette and theme."""
