"""Limits of what is accepted: sizes at which a value is a mistake rather than a place, a plan or a run.

Each is refused with a located message, stands in the schemas, and in the table of `docs/how-to/limits.md`.
"""

from typing import NamedTuple

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

LARGEST_NUMBER = 10**12
"""Maximum size of any number that has no lower limit of its own, in either direction."""

SMALLEST_SIZE = 1e-300
"""Smallest size of a number other than 0; below it computers lose digits."""

MOST_POINTS = 100_000
"""Maximum number of sets of assumptions that a command or a file draws beside an experiment."""

MOST_ENTRIES = 1_000_000
"""Maximum number of entries of a file of answers to a survey, empty ones between others included."""

MOST_DIGITS = 25
"""Maximum number of digits of a whole number in a file."""


class Limit(NamedTuple):
    """A row of the table of limits: what is limited, the limit, and where it stands besides the messages."""

    what: str
    limit: str
    schema: bool
    """True if the JSON Schemas have it too, so that an editor shows it."""


TABLE: tuple[Limit, ...] = (
    Limit("size of a file", f"at most {MOST_BYTES // 2**20} MB", False),
    Limit("values in a file, once its aliases are followed", f"at most {MOST_VALUES:,}", False),
    Limit("entries in a file of answers to a survey", f"at most {MOST_ENTRIES:,}", False),
    Limit("depth of mappings and lists", f"at most {MOST_NESTING} levels", False),
    Limit("files in a row that extend one another", f"at most {MOST_EXTENDED}", False),
    Limit("months of a run, and of a lever's ramp", f"at most {MOST_MONTHS}", True),
    Limit("dates, the last month of a run too", f"{FIRST_YEAR} to {LAST_YEAR}", True),
    Limit("amounts of money", f"-£{MOST_MONEY:,}m to £{MOST_MONEY:,}m", True),
    Limit("milestones of a programme", f"at most {MOST_MILESTONES}", True),
    Limit("organisations", f"at most {MOST_ORGANISATIONS:,}", True),
    Limit("contracts, programmes, and both together", f"at most {MOST_OPPORTUNITIES:,}", True),
    Limit("any other number", f"-{LARGEST_NUMBER:,} to {LARGEST_NUMBER:,}", True),
    Limit("a number next to 0", f"0, or at least {SMALLEST_SIZE:g} in size", True),
    Limit("digits of a whole number", f"at most {MOST_DIGITS}", False),
    Limit("values of a factor: a list, or the steps of a range", f"at most {MOST_STEPS:,}", True),
    Limit("designs of an experiment: its points times its scenarios", f"at most {MOST_DESIGNS:,}", False),
    Limit("replicates of a design", f"at most {MOST_REPLICATES:,}", True),
)
"""The limits of files, for `docs/how-to/limits.md`."""

MOST_STUDIES = 24
"""Maximum number of designs of a batch whose whole replicates are read: as many as a paper can show."""
