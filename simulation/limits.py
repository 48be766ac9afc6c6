"""Limits of what is accepted: sizes at which a value is a mistake rather than a place, a plan or a run.

Each is refused with a located message, stands in the schemas, and in the table of `docs/how-to/limits.md`.
"""

MOST_MONTHS = 600
"""Maximum length of a run, in months."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The first and last year of a date."""

MOST_MONEY = 1_000_000
"""Maximum size of an amount of money, in £m, in either direction."""

MOST_MILESTONES = 120
"""Maximum number of milestones of an opportunity."""

MOST_ORGANISATIONS = 5_000
"""Maximum number of organisations of a place."""

MOST_OPPORTUNITIES = 20_000
"""Maximum number of opportunities of a place."""

MOST_BYTES = 20 * 2**20
"""Maximum size of a file that is read as text, in bytes (20 MB)."""

MOST_NESTING = 100
"""Maximum depth of mappings and lists in a file."""

MOST_VALUES = 200_000
"""Maximum number of values of a file, mappings and lists included, once its aliases are followed."""

MOST_MISTAKES = 1_000
"""Maximum number of mistakes in the syntax of a file that are looked for."""

MOST_EXTENDED = 50
"""Maximum number of files in a chain of `extends`."""

MOST_STEPS = 10_000
"""Maximum number of values of a factor of an experiment."""

MOST_DESIGNS = 1_000_000
"""Maximum number of points of an experiment times its scenarios."""

MOST_REPLICATES = 1_000_000
"""Maximum number of replicates of a scenario or a point."""

MOST_WORKERS = 1_024
"""Maximum number of workers of a batch."""

SMALLEST_SIZE = 1e-300
"""Smallest size of a number other than 0; below it computers lose digits."""

MOST_POINTS = 100_000
"""Maximum number of sets of assumptions that a command or a file draws beside an experiment."""
