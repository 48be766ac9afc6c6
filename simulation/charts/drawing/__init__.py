"""The tools that draw charts: figure, axes, labels, lettering, palette, theme and files."""
